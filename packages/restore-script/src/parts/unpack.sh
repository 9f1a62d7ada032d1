# --- The tar ------------------------------------------------------------------

consume() {
  trap - EXIT HUP INT QUIT TERM PIPE
  if [ -z "$decompressor" ] || [ -n "$one_by_one" ]; then
    unpack "$@" 2>"$scratch/tar.said"
    return
  fi
  {
    "$decompressor" -dc 2>"$scratch/decompressor.said"
    printf '%s\n' "$?" >"$scratch/decompressor.ended"
  } | unpack "$@" 2>"$scratch/tar.said" || return 1
  read -r decompressed <"$scratch/decompressor.ended" && [ "$decompressed" -eq 0 ]
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
    list) tar -tvf - ${1+--} "$@" ;;
    verify) tar -tf - >/dev/null ;;
    output) if [ "$output" = - ]; then cat; else cat >"$output"; fi ;;
  esac
  ended=$?
  [ "$ended" -ne 1 ] || [ "$tar" != bsd ] || ! has_only_warned || ended=0
  # Some tars stop reading at the end of the archive, before the padding.
  if [ "$ended" -eq 0 ] && [ $(($(LC_ALL=C tr -d '\000' | wc -c))) -gt 0 ]; then
    printf 'it read no further, though there was more\n' >"$scratch/tar.said"
    ended=1
  fi
  [ "$ended" -eq 0 ] || printf '%s\n' "$ended" >"$scratch/tar.ended"
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
        -C "$target" ${1+--} "$@"
      ;;
    old_gnu) set -- --delay-directory-restore -b 512 -C "$target" ${1+--} "$@" ;;
    *) set -- -C "$target" ${1+--} "$@" ;;
  esac
  [ "$tar" = small ] || set -- --numeric-owner "$@"
  tar -xpf - "$@"
}

# Whether bsdtar failed because of nothing but warnings.
has_only_warned() {
  while read -r line; do
    case $line in *'Error exit delayed from previous errors'*) continue ;; esac
    is_warning "$line" || return 1
  done <"$scratch/tar.said"
  : >"$scratch/tar.said"
}

is_warning() {
  case $1 in
    # bsdtar's, of names in no encoding that it knows, or where the locale has none, as is usual on a
    # rescue system: it restores them all the same, byte by byte.
    *"can't be converted from UTF-8 to current locale"*) return 0 ;;
    # GNU tar's, of extended attributes that the target cannot have.
    *'etxattrat: Cannot set '*) return 0 ;;
  esac
  return 1
}

# Of tar, or of the decompressor before it, whichever was the first to fail.
die_of_consumer() {
  if [ -f "$scratch/decompressor.ended" ]; then
    read -r decompressed <"$scratch/decompressor.ended"
    case $decompressed$(cat "$scratch/decompressor.said") in
      # Of SIGPIPE, which is 13; ksh counts from 256.
      0* | 141 | 269 | *[Bb]'roken pipe'*) ;;
      *) die_of_decompressor "Near chunk $index of $COUNT (--verify finds out which)" ;;
    esac
  fi
  die_of_tar
}

# die_of_decompressor WHERE
die_of_decompressor() {
  die "$1: $decompressor cannot decompress it ($(tail -n 1 "$scratch/decompressor.said"))."
}

die_of_tar() {
  case $mode$output in
    list | output-)
      case $(tars_reason) in
        'it ended with 141' | 'it ended with 269' | *[Bb]'roken pipe'*)
          die "The reader of the output has ended, so this has ended, too."
          ;;
      esac
      ;;
  esac
  [ -z "$live" ] || printf '\r\033[K' >&2
  head -n 20 "$scratch/tar.said" >&2
  case $mode in
    output) die "The tar cannot be written to $output: $(tars_reason) ($(next_run))" ;;
    extract) die "tar failed, and what was restored is not whole: $(tars_reason) ($(next_run))" ;;
    *) die "tar failed: $(tars_reason)" ;;
  esac
}

# What tar said first, apart from warnings.
tars_reason() {
  while read -r line; do
    is_warning "$line" || break
    line=
  done <"$scratch/tar.said"
  printf '%s' "${line:-it ended with $(cat "$scratch/tar.ended")}"
}

