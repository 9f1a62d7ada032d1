# --- What tar said ------------------------------------------------------------

# Whether bsdtar failed because of nothing but warnings. Those that someone should know of are left.
has_only_warned() {
  : >"$scratch/tar.left"
  while read -r line; do
    case $line in *'Error exit delayed from previous errors'*) continue ;; esac
    is_warning "$line" || return 1
    ! is_of_attributes "$line" || printf '%s\n' "$line" >>"$scratch/tar.left"
  done <"$scratch/tar.said"
  cat "$scratch/tar.left" >"$scratch/tar.said"
}

# Names that anyone may give files stand in these lines, too, and must not make a warning of an error: what is looked
# for is at the end of the line, or has behind it what no error has.
is_warning() {
  case $1 in
    # bsdtar's, of names in no encoding that it knows, or where the locale has none, as is usual on a
    # rescue system: it restores them all the same, byte by byte.
    *" can't be converted from UTF-8 to current locale.") return 0 ;;
  esac
  is_of_attributes "$1"
}

# Of extended attributes and access lists that the target cannot have: GNU tar's, and bsdtar's.
is_of_attributes() {
  # bsdtar has no reason, and the system's words for that.
  line_said=${1%: Unknown error*-1}
  line_said=${line_said%: No error information}
  case $tar:$line_said in
    *gnu:*'etxattrat: Cannot set '* | *': Cannot restore extended attributes on this file system.') return 0 ;;
    *': Cannot restore extended attributes: '*) what=${line_said##*': Cannot restore extended attributes: '} ;;
    # Of which list it is, and why.
    *': Failed to set acl'*': access: '*) what=${line_said##*': access: '} ;;
    *': Failed to set acl'*': default: '*) what=${line_said##*': default: '} ;;
    *) return 1 ;;
  esac
  case $what in *': '*) return 1 ;; esac
}

has_left_attributes() {
  while read -r line; do
    ! is_of_attributes "$line" || return 0
  done <"$scratch/tar.said"
  return 1
}

warn_of_attributes() {
  ! has_left_attributes || say "Warning: extended attributes, or access lists, of the files that tar names are not restored: the disk cannot have them, or you may not set them."
}

# Whether busybox tar, which ends well all the same, has named something that it could not make.
has_left_out() {
  # It may have said more.
  ! is_scratch_full || return 0
  while read -r line; do
    # Of names that begin with a slash.
    case ${line#*: } in [Rr]'emoving leading '*) ;; *) return 0 ;; esac
  done <"$scratch/tar.said"
  return 1
}

# Whether tar can restore nothing more, though it goes on reading.
is_tar_lost() {
  [ -s "$scratch/tar.said" ] || return 1
  while read -r line; do
    case $line in
      *'No space left'* | *'Wrote only '* | *'uota exceeded'* | *'Read-only file system'* | *'nput/output error'*) return 0 ;;
    esac
  done <"$scratch/tar.said"
  return 1
}

# Of tar, or of the decompressor before it, whichever was the first to fail.
die_of_consumer() {
  if [ -f "$scratch/decompressor.ended" ]; then
    read -r decompressed <"$scratch/decompressor.ended"
    [ "$decompressed" -eq 0 ] || has_no_reader "$decompressed$(cat "$scratch/decompressor.said")" ||
      die_of_decompressor "Near chunk $index of $COUNT (--verify finds out which)"
  fi
  die_of_tar
}

# has_no_reader STATUS-OR-WORDS: whether a program failed only because the reader of its output had ended.
has_no_reader() {
  case $1 in
    # Of SIGPIPE, which is 13; ksh counts from 256, and some of its pipes are sockets.
    *141 | *269 | *[Bb]'roken pipe'* | *'onnection reset by peer'*) return 0 ;;
  esac
  return 1
}

# die_of_decompressor WHERE
die_of_decompressor() {
  die "$1: $decompressor cannot decompress it ($(tail -n 1 "$scratch/decompressor.said"))."
}

die_of_tar() {
  case $mode$output in
    list | output-)
      ! has_no_reader "$(tars_reason)" || die "The reader of the output has ended, so this has ended, too."
      ;;
  esac
  [ -z "$live" ] || printf '\r\033[K' >&2
  head -n 20 "$scratch/tar.said" >&2
  reason=$(tars_reason)
  case $mode in
    output) die "The tar cannot be written to $output: $reason ($(next_run))" ;;
    extract) die "tar failed, and what was restored is not whole: $reason ($(tars_advice "$reason"))" ;;
    *) die "tar failed: $reason" ;;
  esac
}

# tars_advice REASON: another run alone would not help where it would meet the same.
tars_advice() {
  case $1 in
    *'No space left'* | *'Wrote only '* | *'uota exceeded'*)
      printf 'Make room, or use a larger disk. '
      [ "$tar" = bsd ] || printf 'If there are files with holes, such as disk images, --tar bsdtar leaves them out. '
      next_run
      ;;
    *': File exists' | *': Is a directory' | *': Not a directory' | *': Directory not empty')
      printf 'Something of another kind is there already: move it away, or restore into an empty directory. '
      next_run
      ;;
    *'ot found in archive'*) printf -- '--list shows the names of all files.' ;;
    *'link'*': No such file or directory' | *"create hardlink '"*)
      printf 'It is a hard link: if members were named, name the file that it leads to as well; otherwise use a disk that has links, such as ext4. '
      next_run
      ;;
    *': File too large' | *': File name too long')
      printf 'This disk, or a limit of this shell (ulimit -f), has no room for such a file: use a disk of the kind that the files are from, such as ext4. '
      next_run
      ;;
    *'peration not permitted'* | *'ermission denied'* | *'change ownership'* | *"make file SU"* | *"make file SG"* | *"Can't restore S"[GU]'ID bit'* | *"Can't set user="*)
      printf 'To restore devices and the files of all users, be root of the machine itself, not of a container, and use a disk that has owners, such as ext4; or write the tar with --output.'
      ;;
    *) next_run ;;
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

