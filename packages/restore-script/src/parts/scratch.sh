# --- Where chunks are kept while the script runs ------------------------------

# Bytes of a batch, and of all fetched batches that are there at once, unless a chunk is larger than half of that. One
# batch more is there decrypted: 256 MB are the most.
BATCH=32000000
ROOM=224000000

make_scratch() {
  temporary=$(absolute "${TMPDIR:-/tmp}") || {
    explained=yes
    exit 1
  }
  # A signal would keep it from saying what it has made.
  scratch=$(trap '' HUP INT QUIT TERM && mktemp -d "$temporary/restore.XXXXXX") ||
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
  # And of members, one chunk as it is in the tar.
  room=$((room + largest_opened))
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

