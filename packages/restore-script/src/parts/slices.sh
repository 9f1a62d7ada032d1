# --- Which slices of the tar are needed ---------------------------------------

# plan_slices: slices.N and headers.N of each chunk N that is needed, and needed, with a line for each of those: N, bytes
# of its tar, those before the first whole block, SHA-256 of its tar or -.
plan_slices() {
  find_asides
  find_parents
  : >"$scratch/linked"
  : >"$scratch/targets"
  print_chunks | (cd "$scratch" && cat "${plain_sums:-/dev/null}" >sums.plain && with_awk "$NAMES $SLICES" \
    what=sums sums.plain what=table - what=lacking lacking what=picked picked what=aside aside) ||
    die "awk cannot find the chunks of the members: $(tail -n 1 "$scratch/awk.said")"
  {
    read -r counted
    read -r TAR_BYTES
    read -r largest_opened
    read -r outside
  } <"$scratch/counted"
  [ -z "$outside" ] || die_of_outside
  forget_index
  ROOM=$((ROOM - largest_opened))
  make_plan some
  COUNT=$named
}

die_of_outside() {
  [ -z "$ONLY" ] || die "This script does not have the chunks of all that you ask for. Write a new one: $RENEW"
  die_of_index "it names members beyond the end of the tar"
}

# Files that links were asked for alone: their lines are in aside, and their offsets in lacking.
find_asides() {
  (cd "$scratch" && with_awk -F '\t' "$LACKING" what=links links what=picked picked) >"$scratch/lacking"
  : >"$scratch/aside"
  while read -r offset; do
    [ "$offset" != - ] || die "The member index does not know what one of the hard links leads to: run with --without-index."
  done <"$scratch/lacking"
  [ ! -s "$scratch/lacking" ] || search -F '\t' "$ASIDE" what=lacking lacking what=index -
}

# shellcheck disable=SC2016 # awk's own variables
LACKING='
what == "links" { target[$1] = 1; next }
{ delete target[$1] }
END { for (offset in target) print offset }
'

# shellcheck disable=SC2016 # awk's own variables
ASIDE='
what == "lacking" { lacking[$1] = 1; next }
$1 in lacking { print >"aside" }
'

# A slice: main or aside, where it begins in the chunk, its bytes. A header: its block in the chunk, counted from the
# first whole one, and the path that it must have.
# shellcheck disable=SC2016 # awk's own variables
SLICES='
what == "sums" { sum[FNR] = $1; next }
what == "table" && $1 == "=" { next }
what == "table" && $1 == "+" { add($2, $3, 0); next }
what == "table" { add(1, $5, 1); next }
what == "lacking" { lacking[$1] = 1; next }
what != kind { kind = what; at = 1 }
{
  split($0, field, "\t")
  path = path_of(field[10])
  if (what == "picked") count(field[3])
  if (field[3] == "1" && field[9] in lacking) {
    print field[9] "\t" path >"linked"
    next
  }
  if (what == "aside") print field[1] "\t" path >"targets"
  bytes += field[2]
  cut(what == "aside" ? "aside" : "main", field[1] + 0, field[2] + 0, path)
}
END {
  flush()
  for (at = 1; at <= rows; at++) if (at in need) {
    printf "%.0f %.0f %.0f %s\n", position[at], length_of[at], first_block(at), (position[at] in sum ? sum[position[at]] : "-") >"needed"
    if (length_of[at] > largest) largest = length_of[at]
  }
  printf "%s\n%.0f\n%.0f\n%s\n", counts(), bytes, largest, outside >"counted"
}
function add(chunks, length_of_it, is_there) {
  rows++
  start[rows] = offset; length_of[rows] = length_of_it; there[rows] = is_there
  position[rows] = last_position + 1
  last_position += chunks
  offset += length_of_it
}
# Members come in the order of the tar, so each chunk is come to once.
function cut(to, from, length_of_it, path,  end, part) {
  if (from + length_of_it > offset) { outside = "yes"; return }
  while (start[at] + length_of[at] <= from) at++
  if (there[at]) note_header(from, path)
  for (end = from + length_of_it; from < end; from += part) {
    while (start[at] + length_of[at] <= from) at++
    if (!there[at]) { outside = "yes"; return }
    part = start[at] + length_of[at] - from
    if (part > end - from) part = end - from
    note_slice(to, from - start[at], part)
  }
}
function note_slice(to, from, part) {
  if (open_at == at && open_to == to && open_from + open_bytes == from) { open_bytes += part; return }
  flush_slice()
  if (open_at != at) flush()
  need[at] = 1
  open_at = at; open_to = to; open_from = from; open_bytes = part
}
function note_header(from, path) {
  if (open_at != at) { flush_slice(); flush() }
  need[at] = 1
  headers = headers sprintf("%.0f %s\n", (from - start[at] - first_block(at)) / 512, path)
  headers_at = at
}
# Bytes of the chunk before the first whole block.
function first_block(at) { return (512 - start[at] % 512) % 512 }
function flush_slice() {
  if (open_bytes > 0) slices = slices sprintf("%s %.0f %.0f\n", open_to, open_from, open_bytes)
  slices_at = open_at
  open_bytes = 0
}
function flush(  file) {
  flush_slice()
  if (slices != "") { file = sprintf("slices.%.0f", position[slices_at]); printf "%s", slices >>file; close(file) }
  if (headers != "") { file = sprintf("headers.%.0f", position[headers_at]); printf "%s", headers >>file; close(file) }
  slices = ""; headers = ""
}
function count(type) {
  if (type == "5") folders++
  else if (type == "2") symbolic++
  else if (type ~ /^[346]$/) special++
  else files++
}
function counts() {
  return substr(some(files, "file") some(folders, "folder") some(symbolic, "symbolic link") some(special, "device or pipe"), 3)
}
function some(number, what) {
  if (number == 1) return ", 1 " what
  sub(/^device/, "devices", what); sub(/pipe$/, "pipes", what); sub(/(file|folder|link)$/, "&s", what)
  return number > 1 ? sprintf(", %.0f %s", number, what) : ""
}
'

