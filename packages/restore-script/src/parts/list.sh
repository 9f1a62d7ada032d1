# --- What --list and --find print ---------------------------------------------

list_members() {
  : >"$scratch/aside"
  if [ -n "$find" ] || [ "$#" -gt 0 ]; then
    find_members "$@"
    [ ! -s "$scratch/links" ] || search -F '\t' "$ASIDE" what=lacking links what=index -
    print_lines <"$scratch/picked" || die_of_reader
  else
    : >"$scratch/links"
    search -F '\t' "$LINKS"
    # Where awk ends early, what decompresses the index fails only because of it.
    read_index | print_lines || die_of_reader
    check_index
  fi
}

die_of_reader() {
  case $(cat "$scratch/list.said") in
    *'o space left'* | *'uota exceeded'*) die "The list cannot be written: its disk is full." ;;
  esac
  read -r awk_ended <"$scratch/awk.ended"
  [ "$awk_ended" -eq 0 ] || has_no_reader "$awk_ended$(cat "$scratch/awk.said")" ||
    die "awk cannot list the members: $(tail -n 1 "$scratch/awk.said")"
  die "The reader of the output has ended, so this has ended, too."
}

# That of busybox ends well though nothing could be written; cat does not.
print_lines() {
  {
    describe_lines
    note "$?" awk
  } | cat 2>"$scratch/list.said" || return 1
  read -r awk_ended <"$scratch/awk.ended" && [ "$awk_ended" -eq 0 ]
}

describe_lines() {
  (cd "$scratch" && with_awk "$NAMES $TIMES $LIST" what=links links what=aside aside what=list -)
}

# shellcheck disable=SC2016 # awk's own variables
LINKS='
$3 == "1" { print $9 >"links" }
'

# Type and permissions, owner and group, bytes, time in UTC, name; of a hard link, what it leads to, which comes before it
# in the index.
# shellcheck disable=SC2016 # awk's own variables
LIST='
BEGIN {
  FS = "\t"
  know_controls()
  split("--- --x -w- -wx r-- r-x rw- rwx", rights, " ")
  letter["0"] = "-"; letter["1"] = "h"; letter["2"] = "l"; letter["3"] = "c"; letter["4"] = "b"; letter["5"] = "d"
  letter["6"] = "p"; letter["7"] = "-"; letter["S"] = "-"
}
what == "links" { target[$1] = ""; next }
{ path = path_of($10) }
$1 in target { target[$1] = path }
what == "aside" { next }
{
  if (!($4 in mode)) mode[$4] = mode_of($4)
  printf "%s%s %-9s %12s %s %s%s\n", ($3 in letter ? letter[$3] : "?"), mode[$4], $5 "/" $6, $8, time_of($7), \
    (path == "" ? "." : shown(path)), behind($3, $9)
}
function behind(type, link) {
  if (type == "5") return "/"
  return type == "1" && target[link] != "" ? " link to " shown(target[link]) : ""
}
function mode_of(octal,  special, user, group, other) {
  octal = substr("0000" octal, length(octal) + 1)
  special = substr(octal, length(octal) - 3, 1)
  user = rights[substr(octal, length(octal) - 2, 1) + 1]
  group = rights[substr(octal, length(octal) - 1, 1) + 1]
  other = rights[substr(octal, length(octal)) + 1]
  if (special >= 4) user = with_bit(user, "s", "S")
  if (special % 4 >= 2) group = with_bit(group, "s", "S")
  if (special % 2) other = with_bit(other, "t", "T")
  return user group other
}
function with_bit(three, set, bare) {
  return substr(three, 1, 2) (substr(three, 3) == "x" ? set : bare)
}
'

