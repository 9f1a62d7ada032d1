# --- Chunks into the tar ------------------------------------------------------

# Most often, all chunks go one behind the other into one decompressor. Where each is held against the digest of
# its plaintext, or the decompressor may know only one stream, each gets one of its own.
choose_way() {
  one_by_one=
  [ "$mode" = verify ] || plain_sums=
  [ -z "$plain_sums" ] || one_by_one=yes
  [ -z "$decompressor" ] || [ -n "$JOINABLE" ] || one_by_one=yes
  together=
  [ -z "$PASSPHRASE$RECIPIENTS" ] || [ -z "$proven" ] || [ -n "$one_by_one" ] || together=yes
}

feed_batch() {
  ! is_tar_lost || die_of_tar
  place_batch "$batch"
  refused=
  if [ -z "$PASSPHRASE$RECIPIENTS$one_by_one" ]; then
    # shellcheck disable=SC2086 # names, split on purpose
    pour_files "$into" $names
    return
  fi
  if [ -n "$together" ] && decrypt_batch; then
    # shellcheck disable=SC2086 # names, split on purpose
    pour_files "$opened_in" $plain_names
    return
  fi
  # Or one after the other, up to the one that gpg refuses.
  for name in $names; do
    note_progress
    feed_chunk "$name"
    index=$((index + 1))
  done
}

# pour_files DIRECTORY NAME...
pour_files() {
  (cd "$1" && shift && exec 5>&- && cat -- "$@") >&5 || die_of_pipe
}

# Decrypts all chunks of the batch at once, into files of the scratch directory, before tar gets any of them. A batch of
# one chunk goes to tar while gpg decrypts it.
decrypt_batch() {
  case $names in *' '*) ;; *) return 1 ;; esac
  opened_in=$scratch/$batch
  plain_names=
  for name in $names; do
    case $name in *.gpg) plain_names="$plain_names ${name%.gpg}" ;; *) return 1 ;; esac
  done
  # shellcheck disable=SC2086 # names, split on purpose
  {
    [ -z "$keep" ] || link_kept $once || return 1
    decrypt_together "$opened_in" $once 5>&- && return 0
    (cd "$opened_in" && rm -f -- $plain_names)
  }
  refused=yes
  return 1
}

# What is kept may be on a medium that nobody can write to, and plain chunks have no place there.
link_kept() {
  mkdir "$opened_in" || return 1
  for name in "$@"; do
    shift
    set -- "$@" "$keep/$name"
  done
  ln -s "$@" "$opened_in/"
}

feed_chunk() {
  until try_chunk "$1"; do
    # Where there are no sums, the passphrase was tried on nothing before the first chunk.
    if [ "$index" -gt 1 ] || ! ask_again "$1"; then die_of_gpg "$1"; fi
    secret=$passphrase
  done
  opened=yes
  [ -n "$plain_sums" ] || return 0
  read -r expected <&6
  [ "$(cat "$scratch/plain-sum")" = "$expected" ] ||
    die "Chunk $index of $COUNT ($1): decrypted, it is not what was archived (SHA-256 differs). Do not trust what was restored."
}

# Fails where gpg does.
try_chunk() {
  # What nothing else proves, or gpg has refused with others, goes to tar only after gpg has seen all of it.
  if [ -z "$proven" ] || [ -n "$refused" ]; then
    decrypt "$into/$1" >/dev/null
    gpg_ended=$?
    [ "$gpg_ended" -eq 0 ] && is_proper || return 1
  fi
  if [ -n "$one_by_one" ]; then pour_alone "$1"; else pour "$1"; fi
}

pour() {
  decrypt "$into/$1" >&5 5>&-
  gpg_ended=$?
  if [ "$gpg_ended" -eq 0 ]; then
    is_proper
    return
  fi
  has_consumer || die_of_consumer
  return 1
}

# Through a decompressor of its own, and beside it into the digest.
pour_alone() {
  poured=0
  if [ -n "$plain_sums" ]; then
    digest <"$scratch/plain" >"$scratch/plain-sum" 5>&- &
    note_child
    open_chunk "$1" 5>&- | tee "$scratch/plain" >&5
    poured=$?
    wait "$child"
    child=
  else
    open_chunk "$1" >&5 5>&-
  fi
  read -r gpg_ended <"$scratch/gpg.ended"
  decompressed=0
  [ -z "$decompressor" ] || read -r decompressed <"$scratch/decompressor.alone"
  [ "$gpg_ended$decompressed$poured" != 000 ] || {
    is_proper
    return
  }
  has_consumer || die_of_consumer
  [ "$gpg_ended" -eq 0 ] || is_unread || return 1
  [ "$decompressed" -ne 0 ] || die "tar reads no further (tee ended with $poured)."
  die_of_decompressor "Chunk $index of $COUNT ($1)"
}

# Whether gpg, or cat in its place, failed only because the decompressor did not read on.
is_unread() {
  [ "$decompressed" -ne 0 ] || return 1
  [ ! -s "$scratch/gpg.said" ] || has_no_reader "$(cat "$scratch/gpg.said")"
}

open_chunk() {
  {
    decrypt "$into/$1"
    printf '%s\n' "$?" >"$scratch/gpg.ended"
  } | {
    if [ -z "$decompressor" ]; then cat; else "$decompressor" -dc 2>"$scratch/decompressor.said"; fi
    printf '%s\n' "$?" >"$scratch/decompressor.alone"
  }
}

# Where tar or the decompressor has ended, all before it in the pipe fails too, and only because of it.
has_consumer() {
  is_passphrase_wrong || sleep 1
  [ ! -f "$scratch/tar.ended" ] && [ ! -f "$scratch/decompressor.ended" ]
}

die_of_pipe() {
  has_consumer || die_of_consumer
  die "The chunks before $((index + count)) of $COUNT cannot be read from $into. $(next_run)"
}

