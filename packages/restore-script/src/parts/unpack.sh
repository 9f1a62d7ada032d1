# --- The tar ------------------------------------------------------------------

# What has just been started reads it. Until the pipe is open, nobody would ever end it.
open_tar() {
  note_child
  consumer=$child
  exec 5>"$scratch/tar"
  feeding=yes
  child=
}

# Without its end, tar would wait for ever. Where a signal meets bash in a command with redirections, they stay: the pipe may
# be its output, or be kept under another number, from 10 on.
close_tar() {
  exec 5>&- >/dev/null
  is_bash || return 0
  for number in 10 11 12 13 14 15; do
    eval "exec $number>&-"
  done
}

# By what it alone forbids: any caller can export BASH_VERSION.
is_bash() {
  ! (unset BASH_VERSINFO) 2>/dev/null
}

consume() {
  trap - EXIT TERM PIPE
  # It ends with its input, and is waited for.
  trap '' HUP INT QUIT
  if [ -z "$decompressor" ] || [ -n "$by_index$one_by_one" ]; then
    unpack "$@" 2>"$scratch/tar.said"
    return
  fi
  {
    "$decompressor" -dc 2>"$scratch/decompressor.said"
    note "$?" decompressor
  } | unpack "$@" 2>"$scratch/tar.said" || return 1
  read -r decompressed <"$scratch/decompressor.ended" && [ "$decompressed" -eq 0 ]
}

# note STATUS NAME: where the disk of the temporary files is full, it is not this that should be read last.
note() {
  printf '%s\n' "$1" 2>/dev/null >"$scratch/$2.ended"
}

unpack() {
  if [ -n "$callers_locale" ]; then LC_ALL=$callers_locale; else unset LC_ALL; fi
  for member in "$@"; do
    shift
    name_member "$member"
    set -- "$@" "$member"
  done
  case $mode in
    extract) umask "$callers_umask" && extract "$@" ;;
    list) "$tar_command" -tvf - ${1+--} "$@" ;;
    verify) "$tar_command" -tf - >/dev/null ;;
    output) if [ "$output" = - ]; then cat; else cat >"$output"; fi ;;
  esac
  ended=$?
  [ "$ended" -ne 1 ] || [ "$tar" != bsd ] || ! has_only_warned || ended=0
  [ "$ended$mode" != 0extract ] || ! is_silent || ! has_left_out || ended=1
  # Some tars stop reading at the end of the archive, before the padding.
  if [ "$ended" -eq 0 ] && [ $(($(LC_ALL=C tr -d '\000' | wc -c))) -gt 0 ]; then
    printf 'it read no further, though there was more\n' >"$scratch/tar.said"
    ended=1
  fi
  [ "$ended" -eq 0 ] || note "$ended" tar
  return "$ended"
}

# name_member NAME: $member is what this tar must be asked for. In BackupPC's tars all names begin with ./
name_member() {
  case $1 in
    . | ./*) asked_for=$1 ;;
    /*) asked_for=.$1 ;;
    *) asked_for=./$1 ;;
  esac
  member=
  # bsdtar takes it as a pattern.
  [ "$tar" != bsd ] || while :; do
    case $asked_for in *[*?[]*) ;; *) break ;; esac
    before=${asked_for%%[*?[]*}
    behind=${asked_for#"$before"?}
    asked_for=${asked_for#"$before"}
    member="$member$before\\${asked_for%"$behind"}"
    asked_for=$behind
  done
  member=$member$asked_for
}

# The names of owners in BackupPC's tar are those of its own server, and this system has others
# again: only their numbers are right. And that tar comes back to a folder after others; GNU tar has set
# the folder's time by then, and the files that follow change it, unless asked to wait. Read by 256 KiB,
# it takes half the processor's time that its own 10 KiB take. Extended attributes, such as the
# capabilities of programs, it leaves out unless asked; bsdtar does not. Under a clock that is behind, it
# would warn of each file.
extract() {
  case $tar in
    gnu)
      set -- --delay-directory-restore -b 512 --warning=no-timestamp --xattrs '--xattrs-include=*' \
        -C "$(gnus_target)" ${1+--} "$@"
      ;;
    old_gnu) set -- --delay-directory-restore -b 512 -C "$(gnus_target)" ${1+--} "$@" ;;
    # With -S, blocks of zeros become holes; GNU tar makes only those that the tar has as such.
    bsd) set -- -S -C "$target" ${1+--} "$@" ;;
    *) set -- -C "$target" ${1+--} "$@" ;;
  esac
  [ "$tar" = small ] || set -- --numeric-owner "$@"
  "$tar_command" -xpf - "$@"
}

# To GNU tar's -C, a backslash and what is behind it are another character.
gnus_target() {
  left=$target
  while :; do
    case $left in *\\*) ;; *) break ;; esac
    printf '%s%s' "${left%%\\*}" "\\\\"
    left=${left#*\\}
  done
  printf '%s' "$left"
}

