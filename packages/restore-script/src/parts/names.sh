# --- Names of members, for awk ------------------------------------------------

# shellcheck disable=SC2016 # awk's own variables
NAMES='
# etc/fstab of ./etc/fstab, /etc/fstab and etc//fstab/
function plain(name) {
  gsub(/\/\/+/, "/", name)
  while (sub(/\/\.\//, "/", name)) {}
  sub(/^\.\//, "", name)
  sub(/^\//, "", name)
  sub(/\/\.$/, "", name)
  sub(/\/$/, "", name)
  return name == "." ? "" : name
}
# The same of a path in the index.
function path_of(path) {
  while (1) {
    if (substr(path, 1, 2) == "./") path = substr(path, 3)
    else if (substr(path, 1, 1) == "/") path = substr(path, 2)
    else break
  }
  while (substr(path, length(path)) == "/") path = substr(path, 1, length(path) - 1)
  return path == "." ? "" : path
}
function parent_of(path) {
  return sub("/[^/]*$", "", path) ? path : ""
}
# A name as the index has it.
function escaped(name,  at, letter, text) {
  for (at = 1; at <= length(name); at++) {
    letter = substr(name, at, 1)
    text = text (letter == "\\" ? "\\\\" : letter == "\t" ? "\\0011" : letter == "\n" ? "\\0012" : letter)
  }
  return text
}
# The same of a name as --list shows it, where control characters are numbers; others may be.
function unshown(name,  at, code, text) {
  for (at = 1; at <= length(name); at++) {
    if (substr(name, at, 1) != "\\") { text = text substr(name, at, 1); continue }
    code = substr(name, at + 2, 3)
    if (substr(name, at + 1, 1) != "0" || code !~ /^[0-3][0-7][0-7]$/) { text = text substr(name, at++, 2); continue }
    code = substr(code, 1, 1) * 64 + substr(code, 2, 1) * 8 + substr(code, 3, 1)
    text = text (code == 9 || code == 10 ? substr(name, at, 5) : sprintf("%c", code))
    at += 4
  }
  return text
}
# A pattern of the shell, as a regular expression for names in the index: without a slash for the last part of a
# name, otherwise for all of it.
function glob(pattern,  start, text, at, letter, set) {
  start = index(pattern, "/") == 0 ? "^(.*/)?" : "^"
  pattern = plain(pattern)
  for (at = 1; at <= length(pattern); at++) {
    letter = substr(pattern, at, 1)
    if (substr(pattern, at, 3) == "**/") { text = text "(.*/)?"; at += 2 }
    else if (substr(pattern, at, 2) == "**") { text = text ".*"; at++ }
    else if (letter == "*") text = text "[^/]*"
    else if (letter == "?") text = text "([^/\\\\\200-\277][\200-\277]*|\\\\(\\\\|0011|0012))"
    else if (letter == "[" && (set = set_at(substr(pattern, at + 1))) != "") {
      at += length(set) + 1
      text = text (set ~ /^[!^]/ ? "[^/" substr(set, 2) "]" : "[" set "]")
    } else {
      if (letter == "\\" && at < length(pattern)) letter = substr(pattern, ++at, 1)
      text = text literal(letter)
    }
  }
  return start text
}
# Up to the bracket that closes it; one that comes first does not.
function set_at(text,  from, length_of_set) {
  from = text ~ /^[!^]/ ? 3 : 2
  length_of_set = index(substr(text, from), "]")
  text = substr(text, 1, length_of_set + from - 2)
  return length_of_set == 0 || index(text, "\\") > 0 ? "" : text
}
function literal(letter) {
  if (letter == "\\") return "[\\\\][\\\\]"
  if (letter == "\t") return "[\\\\]0011"
  if (letter == "\n") return "[\\\\]0012"
  if (letter == "^") return "\\^"
  return letter ~ /[].[(){}+*?|$]/ ? "[" letter "]" : letter
}
# What a terminal can show of a path in the index.
function shown(path,  at, letter, text) {
  if (path !~ /[\001-\037\177]/) return path
  for (at = 1; at <= length(path); at++) {
    letter = substr(path, at, 1)
    text = text (letter in control ? control[letter] : letter)
  }
  return text
}
function know_controls(  code) {
  for (code = 1; code < 32; code++) control[sprintf("%c", code)] = sprintf("\\0%03o", code)
  control["\177"] = "\\0177"
}
'

