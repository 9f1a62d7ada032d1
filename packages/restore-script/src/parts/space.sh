# --- Is there room? -----------------------------------------------------------

check_space() {
  if [ -n "$keep" ]; then
    chunks=$keep
    chunk_bytes=$missing_bytes
    need_space "$keep" "$chunk_bytes" "for the chunks"
  else
    chunks=$scratch
    chunk_bytes=$(scratch_bytes)
    need_space "$scratch" "$chunk_bytes" "for temporary files (set TMPDIR to another place)"
  fi
  case $mode$output in
    extract) place=$target ;;
    output- | output/dev/*) return 0 ;;
    output*) place=${output%/*}/ ;;
    *) return 0 ;;
  esac
  # If nobody knows it, it is at least what is fetched.
  file_bytes=${TAR_BYTES:-$STORED_BYTES}
  [ "$(disk_of "$chunks")" != "$(disk_of "$place")" ] || file_bytes=$((file_bytes + chunk_bytes))
  file_bytes=$((file_bytes - $(bytes_there)))
  holes=", with --tar bsdtar, files"
  [ "$mode$tar" != extractbsd ] || holes=" files"
  need_space "$place" "$file_bytes" "for the files. To restore some members only, or$holes with holes such as disk images, add --ignore-space"
}

# What an earlier run has left needs no room again: it is overwritten.
bytes_there() {
  there=0
  if [ -n "$force" ]; then
    case $mode in
      extract) ! has_command du || there=$(du -sk "$target" 2>/dev/null) ;;
      output) there=$(($(length_of "$output") / 1024)) ;;
    esac
  fi
  there=${there%%[!0-9]*}
  printf '%s' $((${there:-0} * 1024))
}

# need_space DIRECTORY BYTES WHAT-FOR
need_space() {
  [ -z "$ignore_space" ] || return 0
  free=$(df -P -k "$1" 2>/dev/null | tail -n 1)
  # Filesystem blocks used available capacity%
  # shellcheck disable=SC2086 # words, split on purpose
  free=$(set -f && last_but_one ${free%\%*}) || return 0
  [ "$free" -lt $((($2 + 1023) / 1024)) ] || return 0
  die "$1 has $(size_of $((free * 1024))) free, but $(size_of "$2") are needed $3."
}

# Where the disk is mounted that holds a directory.
disk_of() {
  mounted=$(df -P -k "$1" 2>/dev/null | tail -n 1)
  printf '%s' "${mounted##*% }"
}

# The word that is it, if it is a number: df does not know everything.
last_but_one() {
  while [ "$#" -gt 2 ]; do shift; done
  case ${1-} in '' | *[!0-9]*) return 1 ;; esac
  printf '%s' "$1"
}

