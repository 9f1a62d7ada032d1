# --- Slices into the tar ------------------------------------------------------

restore_members() {
  mkfifo "$scratch/tar" || die "$scratch cannot hold a pipe: set TMPDIR to a directory of a Linux or UNIX disk."
  make_staging
  make_parents
  consume <"$scratch/tar" &
  open_tar
  exec 3<"$scratch/needed"
  each_batch feed_slices
  # The end of a tar.
  printf '%1024s' '' | tr ' ' '\000' >&5 || die_of_pipe
  exec 5>&-
  feeding=
  wait "$consumer" || die_of_consumer
  make_links
  finish_parents
  [ -z "$live" ] || printf '\r\033[K' >&2
  head -n 20 "$scratch/tar.said" >&2
  warn_of_attributes
  say "Restored $counted of backup $NUMBER of $HOST into $target: $(chunks_were)."
}

# On the target's disk, so that links lead from there.
make_staging() {
  [ -s "$scratch/linked" ] || return 0
  staging=$target/.restore.$$
  mkdir "$staging" || die "The directory cannot be made: $staging."
}

feed_slices() {
  ! is_tar_lost || die_of_tar
  place_batch "$batch"
  refused=
  opened_in=
  [ -z "$PASSPHRASE$RECIPIENTS" ] || [ -z "$proven" ] || decrypt_batch || opened_in=
  for name in $names; do
    note_progress
    read -r position bytes first_block sum <&3
    open_slices "$name"
    check_opened "$name"
    check_headers "$position" "$scratch/opened" "$first_block"
    pour_slices "$position"
    rm -f "$scratch/slices.$position" "$scratch/headers.$position" "$scratch/opened"
    index=$((index + 1))
  done
}

# open_slices NAME: its part of the tar is in the file opened. Nothing of it is used before gpg has seen all.
open_slices() {
  if [ -n "$opened_in" ]; then
    if [ -z "$decompressor" ]; then cat "$opened_in/${1%.gpg}"; else "$decompressor" -dc <"$opened_in/${1%.gpg}" 2>"$scratch/decompressor.said"; fi >"$scratch/opened"
    decompressed=$?
  else
    until open_chunk "$1" >"$scratch/opened" && read -r gpg_ended <"$scratch/gpg.ended" && [ "$gpg_ended" -eq 0 ] && is_proper; do
      if [ "$index" -gt 1 ] || ! ask_again "$1"; then die_of_gpg "$1"; fi
      secret=$passphrase
    done
    decompressed=0
    [ -z "$decompressor" ] || read -r decompressed <"$scratch/decompressor.alone"
  fi
  opened=yes
  [ "$decompressed" -eq 0 ] || die_of_decompressor "Chunk $index of $COUNT ($1)"
}

check_opened() {
  [ "$sum" = - ] || [ "$(digest <"$scratch/opened")" = "$sum" ] ||
    die "Chunk $index of $COUNT ($1): decrypted, it is not what was archived (SHA-256 differs). Do not trust what was restored."
  [ "$(length_of "$scratch/opened")" -eq "$bytes" ] || die_of_index "chunk $index of $COUNT ($1) has another length than the script says"
}

# pour_slices POSITION
pour_slices() {
  while read -r to from slice_bytes <&4; do
    if [ "$to" = aside ]; then
      print_slice >>"$staging/.tar" || die "The file cannot be written: $staging/.tar."
    else
      print_slice >&5 || die_of_pipe
    fi
  done 4<"$scratch/slices.$1"
}

print_slice() {
  if [ "$slice_bytes" -eq "$bytes" ]; then cat "$scratch/opened"; else tail -c "+$((from + 1))" "$scratch/opened" | head -c "$slice_bytes"; fi
}

