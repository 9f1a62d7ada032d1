# --- The member index ---------------------------------------------------------

# It names the members of the tar in their order, a line each, parted by TAB: offset, length with all headers, type, mode,
# uid, gid, mtime, size, offset of a hard link's target or -, path. In paths, \\ stands for a backslash,
# \0011 for a TAB, \0012 for a line feed.

# choose_index [MEMBER...]: whether it is of use.
choose_index() {
  by_index=
  [ -z "$ONLY" ] || check_only
  if [ "$INDEX_COUNT" -eq 0 ] || [ -n "$without_index" ]; then
    [ -z "$find" ] || misused "--find needs the member index${without_index:+, so it cannot be used with --without-index}."
    return 0
  fi
  case $mode.$# in
    list.* | extract.[!0]*) by_index=yes ;;
    extract.0) by_index=$ONLY ;;
  esac
}

# What a script that has only some of the chunks cannot do.
check_only() {
  case $mode in verify | output) misused "This script has the chunks of some members only, so it does not know --$mode." ;; esac
  [ -z "$without_index" ] || misused "This script has the chunks of some members only, and needs the index to find them."
}

# What is to be fetched before it is known which chunks are.
plan_index() {
  if [ -z "$without_sums" ] && [ -n "$SUMS_URL" ]; then
    make_plan none
  fi
  sample_url=$SUMS_URL
  missing=0
  missing_bytes=0
  need_sums
  print_index >"$scratch/index"
  while read -r name _ url; do
    [ -f "$keep/$name" ] || missing=$((missing + 1))
    : "${sample_url:=$url}"
  done <"$scratch/index"
  [ -z "$keep" ] || open_keep
}

# The script has the digests of its parts, and the sums have proven those.
fetch_index() {
  if [ -n "$keep" ]; then place_batch; else into=$scratch parts=$scratch; fi
  print_index >"$scratch/index"
  while read -r name sha256 url <&4; do
    fetch "$name" '' "$sha256" "$url" 4<&- || die_without_index "$name" "$(why_not "$name")"
  done 4<"$scratch/index"
}

# die_without_index NAME WHY
die_without_index() {
  case $2 in
    *'does not have it any more'* | *'other bytes than were archived'*) die "The member index ($1): $2 To read all chunks in its place, add --without-index." ;;
    *) die "The member index ($1): $2" ;;
  esac
}

die_of_index() {
  die "The member index is damaged ($1): run with --without-index."
}

# Of each part, what gpg makes of it, still compressed.
open_index() {
  fetch_index
  while read -r name _ <&4; do
    decrypt "$into/$name" >"$scratch/$name.open" 4<&-
    gpg_ended=$?
    { [ "$gpg_ended" -eq 0 ] && is_proper; } || die_of_gpg "$name"
    opened=yes
  done 4<"$scratch/index"
}

# Its lines. Whether all of them could be read is known afterwards, by check_index.
read_index() {
  rm -f "$scratch/index.whole"
  while read -r name _; do
    "$gunzip" -dc <"$scratch/$name.open" 2>"$scratch/gunzip.said" || return 1
  done <"$scratch/index"
  : >"$scratch/index.whole"
}

forget_index() {
  while read -r name _; do
    rm -f "${scratch:?}/$name" "$scratch/$name.open"
  done <"$scratch/index"
}

check_index() {
  [ -f "$scratch/index.whole" ] || die_of_index "$(tail -n 1 "$scratch/gunzip.said")"
}

