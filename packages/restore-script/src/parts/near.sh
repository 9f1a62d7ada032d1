# --- Names that are not in the index ------------------------------------------

die_of_unknown() {
  [ -z "$find" ] || die "The backup has no file whose name matches $find. Nothing else was fetched."
  search -v most=1000 "$NAMES $NEAR" what=unknown unknown what=index - >"$scratch/near"
  line=
  while IFS= read -r next_line; do
    [ -z "$line" ] || say "$line"
    line=$next_line
  done <"$scratch/near"
  die "$line Nothing was restored, and nothing else was fetched; --list shows all names."
}

# The nearest three of each, by the letters that differ; the same last part in another folder counts as near. All paths
# are compared only with a few names.
# shellcheck disable=SC2016 # awk's own variables
NEAR='
BEGIN { FS = "\t"; know_controls() }
what == "unknown" {
  if (++names > 20) next
  wanted[names] = $2
  last[names] = last_of($2)
  above[names] = parent_of($2)
  limit[names] = int(length($2) / 3)
  if (limit[names] < 1) limit[names] = 1
  next
}
{
  path = path_of($10)
  if (path == "") next
  for (at = 1; at <= names && at <= 20; at++) {
    size = length(path) - length(wanted[at])
    if (last_of(path) == last[at]) {
      if (++same[at] <= most) note(at, path, least(distance(path, wanted[at]), limit[at]))
    } else if (size <= limit[at] && -size <= limit[at] && is_like(path, at)) {
      far = distance(path, wanted[at])
      if (far <= limit[at]) note(at, path, far)
    }
  }
}
END {
  for (at = 1; at <= names && at <= 20; at++) {
    text = ""
    for (rank = 1; rank <= 3; rank++) if ((at, rank) in near) text = text (rank > 1 ? ", " : "") shown(near[at, rank])
    print "The backup has no " shown(wanted[at]) (text == "" ? "." : "; did you mean " text "?")
  }
}
function last_of(path) { sub(/^.*\//, "", path); return path }
function least(one, other) { return one < other ? one : other }
# Cheaply, before the letters are counted: in the same folder, or with the same first letters or last ones.
function is_like(path, at) {
  if (parent_of(path) == above[at]) return 1
  return substr(path, 1, 2) == substr(wanted[at], 1, 2) && substr(path, length(path) - 1) == substr(wanted[at], length(wanted[at]) - 1)
}
function note(at, path, far,  rank, other, its) {
  for (rank = 1; rank <= 3; rank++) {
    if ((at, rank) in near && near[at, rank] == path) return
    if (!((at, rank) in near) || far < farness[at, rank]) {
      other = near[at, rank]; its = farness[at, rank]
      near[at, rank] = path; farness[at, rank] = far
      if (other == "") { delete near[at, rank]; near[at, rank] = path; return }
      path = other; far = its
    }
  }
}
function distance(one, other,  row, at, to, before, old, cost) {
  for (to = 0; to <= length(other); to++) row[to] = to
  for (at = 1; at <= length(one); at++) {
    before = row[0]
    row[0] = at
    for (to = 1; to <= length(other); to++) {
      old = row[to]
      cost = before + (substr(one, at, 1) != substr(other, to, 1))
      if (row[to] + 1 < cost) cost = row[to] + 1
      if (row[to - 1] + 1 < cost) cost = row[to - 1] + 1
      row[to] = cost
      before = old
    }
  }
  return row[length(other)]
}
'

