# --- Where chunks are kept while the script runs ------------------------------

# Bytes of a batch, and of all fetched batches that are there at once, unless a chunk is larger than half of that. One
# batch more is there decrypted: 256 MB are the most.
BATCH=32000000
ROOM=224000000

make_scratch() {
  temporary=$(absolute "${TMPDIR:-/tmp}") || exit
  scratch=$(mktemp -d "$temporary/restore.XXXXXX") ||
    die "No temporary directory can be made in $temporary: set TMPDIR to a place with space."
  [ -n "$keep" ] || return 0
  mkdir -p "$keep" || die "The directory for the chunks cannot be made: $keep."
}

# place_batch N: fetched chunks go from $parts into $into when they have been checked.
place_batch() {
  if [ -n "$keep" ]; then
    into=$keep
    parts=$keep/.partial
  else
    into=$scratch/$1
    parts=$into
  fi
}

# What may be there at once. With --jobs, no more than fits into the room; two fetched batches always.
scratch_bytes() {
  largest_batch=$((LARGEST > BATCH ? LARGEST : BATCH))
  room=$(((jobs + 1) * largest_batch))
  if [ "$room" -gt "$ROOM" ] && [ "$LARGEST" -le $((ROOM / 2)) ]; then room=$ROOM; fi
  room=$((room < STORED_BYTES ? room : STORED_BYTES))
  [ -z "$PASSPHRASE$RECIPIENTS" ] || room=$((room + (BATCH < STORED_BYTES ? BATCH : STORED_BYTES)))
  printf '%s' "$room"
}

# Two runs at once would write into the same files, and each would find them damaged.
claim_chunks() {
  if ! (set -C && printf '%s\n' "$$" >"$keep/.in-use") 2>/dev/null; then
    read -r other <"$keep/.in-use"
    ! kill -0 "$other" 2>/dev/null ||
      die "Another run is using $keep (process $other): wait for its end. If there is none, delete $keep/.in-use."
    # It was killed.
    printf '%s\n' "$$" >"$keep/.in-use"
  fi
  claimed=yes
}

check_target() {
  case $mode in
    extract)
      if [ -e "$target" ] && [ ! -d "$target" ]; then die "This is not a directory: $target."; fi
      (umask "$callers_umask" && mkdir -p "$target") || die "The directory cannot be made: $target."
      [ -w "$target" ] || die "You may not write to $target."
      if [ -n "$(ls -A "$target")" ] && [ -z "$force" ]; then
        die "The directory is not empty: $target. Choose another, or add --force to overwrite what is there."
      fi
      ! has_command id || [ "$(id -u)" -eq 0 ] ||
        say "Warning: you are not root, so all files will be yours, and devices cannot be made."
      ;;
    output) [ "$output" = - ] || check_output ;;
  esac
}

check_output() {
  [ ! -d "$output" ] || die "This is a directory, and the tar needs a file: $output."
  if [ -f "$output" ] && [ -z "$force" ]; then
    die "The file exists: $output. Choose another, or add --force to overwrite it."
  fi
  [ -d "${output%/*}/" ] || die "There is no directory ${output%/*}: make it, or choose another."
  if [ -e "$output" ]; then place=$output; else place=${output%/*}/; fi
  [ -w "$place" ] || die "You may not write to $output."
}

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
  need_space "$place" "$file_bytes" "for the files (to restore some members only, add --force)"
}

# need_space DIRECTORY BYTES WHAT-FOR
need_space() {
  [ -z "$force" ] || return 0
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

