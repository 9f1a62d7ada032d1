# --- Is the index that of the tar? --------------------------------------------

# check_headers POSITION FILE BYTES: whether a header of that path stands at each place where one must. That many bytes are before the
# first whole block. The tar becomes text, of which each line is a block: NUL is \002 there and a line feed \001. Headers
# of long names, and what they say, stand before that of the member.
check_headers() {
  [ -s "$scratch/headers.$1" ] || return 0
  tail -c "+$(($3 + 1))" "$2" | tr '\000\n' '\002\001' | fold -b -w 512 |
    (cd "$scratch" && with_awk "$NAMES $HEADERS" what=headers "headers.$1" what=tar -) ||
    die_of_index "chunk $index of $COUNT has other members than it says"
}

# shellcheck disable=SC2016 # awk's own variables
HEADERS='
what == "headers" {
  space = index($0, " ")
  path[substr($0, 1, space - 1)] = substr($0, space + 1)
  next
}
{ block = FNR - 1 "" }
block in path { expected = path[block]; reading = 1; left = 0; long = ""; pax = "" }
!reading || length($0) < 512 { next }
left > 0 {
  said = said substr($0, 1, left)
  left = left > 512 ? left - 512 : 0
  if (left == 0 && type == "L") long = said
  if (left == 0 && type == "x") pax = path_in(said)
  next
}
{
  type = substr($0, 157, 1)
  if (type ~ /[LKxXg]/) {
    type = type == "X" ? "x" : type
    said = ""
    left = number(substr($0, 125, 12))
    next
  }
  reading = 0
  name = pax != "" ? pax : long != "" ? long : name_in($0)
  if (bare(name) != bare(unescaped(expected))) { wrong = 1; exit 1 }
}
END { exit wrong }
# Without the NULs behind it.
function bare(name) {
  while (substr(name, length(name)) == "\002") name = substr(name, 1, length(name) - 1)
  return path_of(name)
}
function name_in(header,  prefix) {
  prefix = substr(header, 258, 6) == "ustar\002" ? bare_field(substr(header, 346, 155)) : ""
  return (prefix == "" ? "" : prefix "/") bare_field(substr(header, 1, 100))
}
function bare_field(field) {
  while (substr(field, length(field)) == "\002") field = substr(field, 1, length(field) - 1)
  return field
}
function number(octal,  at, value) {
  for (at = 1; at <= length(octal); at++) if (substr(octal, at, 1) ~ /[0-7]/) value = value * 8 + substr(octal, at, 1)
  return value
}
# Records of "LENGTH key=value" and a line feed.
function path_in(records,  size, record, found) {
  while ((size = records + 0) > 0) {
    record = substr(records, 1, size - 1)
    records = substr(records, size + 1)
    sub(/^[0-9]+ /, "", record)
    if (substr(record, 1, 5) == "path=" && found == "") found = substr(record, 6)
    if (substr(record, 1, 16) == "GNU.sparse.name=") found = substr(record, 17)
  }
  return found
}
function unescaped(path,  at, text) {
  if (index(path, "\\") == 0) return path
  for (at = 1; at <= length(path); at++) {
    if (substr(path, at, 1) != "\\") text = text substr(path, at, 1)
    else if (substr(path, at + 1, 1) == "\\") { text = text "\\"; at++ }
    else { text = text (substr(path, at + 4, 1) == "1" ? "\t" : "\001"); at += 4 }
  }
  return text
}
'

