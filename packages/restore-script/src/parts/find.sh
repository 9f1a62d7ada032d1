# --- Members in the index -----------------------------------------------------

# find_members [MEMBER...]: the lines of those that are asked for are in picked; of the folders above them that
# nobody asked for, in above; of the files that only links to them were asked for, in aside.
find_members() {
  globs=
  : >"$scratch/wanted"
  : >"$scratch/globs"
  if [ -n "$find" ]; then
    with_awk "$NAMES $GLOBS" "$find" >"$scratch/globs"
  elif [ "$#" -eq 0 ]; then
    print_members | with_awk "$NAMES $OF_SCRIPT" >"$scratch/wanted"
  else
    with_awk "$NAMES $WANTED" "$@" >"$scratch/wanted"
  fi
  pick
  if [ -s "$scratch/unknown" ]; then
    # What is not there as it is written may be a pattern.
    with_awk -v unknown="$scratch/unknown" "$NAMES $UNKNOWN" "$@" >"$scratch/globs" || die_of_unknown
    globs=yes
    pick
    [ ! -s "$scratch/unknown" ] || die_of_unknown
  fi
}

pick() {
  : >"$scratch/picked"
  : >"$scratch/above"
  : >"$scratch/unknown"
  : >"$scratch/links"
  search -v without_below="${find:+yes}" "$NAMES $PICK" what=wanted wanted what=globs globs what=index -
}

# search AWK-ARGUMENT...: reads the index in the temporary directory.
search() {
  read_index | (cd "$scratch" && with_awk "$@") ||
    die "awk cannot search the member index: $(tail -n 1 "$scratch/awk.said")"
  check_index
}

with_awk() {
  awk "$@" 2>"$scratch/awk.said"
}

# shellcheck disable=SC2016 # awk's own variables
WANTED='
BEGIN {
  for (number = 1; number < ARGC; number++) {
    name = plain(ARGV[number])
    print number "\t" escaped(name)
    if (index(name, "\\") > 0) print number "\t" unshown(name)
  }
}
'

# shellcheck disable=SC2016 # awk's own variables
OF_SCRIPT='
{ print NR "\t" unshown(substr($0, 2)) }
'

# shellcheck disable=SC2016 # awk's own variables
GLOBS='
BEGIN { print "1\t" glob(ARGV[1]) }
'

# Fails where one is no pattern.
# shellcheck disable=SC2016 # awk's own variables
UNKNOWN='
BEGIN {
  while ((getline line <unknown) > 0) {
    number = line + 0
    if (ARGV[number] !~ /[*?[]/) exit 1
    print number "\t" glob(ARGV[number])
  }
}
'

# shellcheck disable=SC2016 # awk's own variables
PICK='
BEGIN { FS = "\t" }
what == "wanted" {
  name = $2; count++
  numbers[name] = numbers[name] " " $1
  if (!($1 in first)) { first[$1] = name; order[++names] = $1 }
  if (!(length(name) in known)) { known[length(name)] = 1; lengths[++different] = length(name) }
  for (part = parent_of(name); part != ""; part = parent_of(part)) over[part] = 1
  if (name != "") over[""] = 1
  next
}
what == "globs" {
  pattern[++globs] = $2 (without_below ? "$" : "(/.*)?$")
  of_glob[globs] = $1
  next
}
{
  path = path_of($10)
  hit = 0
  size = length(path)
  for (at = 1; at <= different; at++) {
    part = lengths[at]
    if (part == size) name = path
    else if (part == 0) name = ""
    else if (part < size && substr(path, part + 1, 1) == "/") name = substr(path, 1, part)
    else continue
    if (name in numbers) { hit = 1; found[name] = 1 }
  }
  for (at = 1; at <= globs; at++) if (path ~ pattern[at]) { hit = 1; found_by[of_glob[at]] = 1 }
  if (hit) {
    print >"picked"
    if ($3 == "1") print $9 >"links"
  } else if (path in over) print >"above"
}
END {
  for (name in numbers) if (name in found) {
    split(numbers[name], all, " ")
    for (at in all) found_by[all[at]] = 1
  }
  if (names == 0 && globs > 0) { order[++names] = 1; first[1] = "" }
  for (at = 1; at <= names; at++)
    if (!(order[at] in found_by)) print order[at] "\t" first[order[at]] >"unknown"
}
'

