# --- Folders above the members, and hard links --------------------------------

# find_parents: the folders above what is restored, those above others first, each with what the index says of it.
find_parents() {
  (cd "$scratch" && with_awk "$NAMES $PARENTS" what=picked picked) >"$scratch/over"
  [ -z "$globs" ] || search "$NAMES $ABOVE" what=over over what=index -
  (cd "$scratch" && with_awk "$NAMES $TIMES $DESCRIBED" FS='\t' what=above above what=over over) >"$scratch/parents" ||
    die "awk cannot find the folders: $(tail -n 1 "$scratch/awk.said")"
}

# shellcheck disable=SC2016 # awk's own variables
PARENTS='
BEGIN { FS = "\t" }
{
  path = path_of($10)
  if ($3 == "5") picked[path] = 1
  for (path = parent_of(path); path != "" && !(path in above); path = parent_of(path)) above[path] = 1
}
END { for (path in above) if (!(path in picked)) print path }
'

# shellcheck disable=SC2016 # awk's own variables
ABOVE='
BEGIN { FS = "\t" }
what == "over" { over[$1] = 1; next }
path_of($10) in over { print >"above" }
'

# shellcheck disable=SC2016 # awk's own variables
DESCRIBED='
what == "above" {
  if ($3 == "5") known[path_of($10)] = $4 "\t" $5 "\t" $6 "\t" stamp_of($7)
  next
}
{
  depth = split($1, parts, "/")
  if (depth > deepest) deepest = depth
  at_depth[depth] = at_depth[depth] ($1 in known ? known[$1] : "-\t-\t-\t-") "\t" $1 "\n"
}
END { for (depth = 1; depth <= deepest; depth++) printf "%s", at_depth[depth] }
'

# Those that are not there are made, and noted, the last one first.
make_parents() {
  : >"$scratch/made"
  while IFS=$tab read -r bits uid gid stamp place; do
    unescape "$place"
    [ ! -d "$target/$plain" ] || continue
    (umask "$callers_umask" && mkdir "$target/$plain" && chmod u+rwx "$target/$plain") ||
      die "The directory cannot be made: $target/$place."
    printf '%s\t%s\t%s\t%s\t%s\n' "$bits" "$uid" "$gid" "$stamp" "$place" | cat - "$scratch/made" >"$scratch/made.new"
    mv -f "$scratch/made.new" "$scratch/made"
  done <"$scratch/parents"
}

# Not before all is in them: that changes their times.
finish_parents() {
  unfinished=
  while IFS=$tab read -r bits uid gid stamp place; do
    [ "$bits" != - ] || continue
    ! is_through_link "$place/." || continue
    unescape "$place"
    is_root && ! chown "$uid:$gid" "$target/$plain" 2>/dev/null && unfinished=$place
    chmod "$bits" "$target/$plain" 2>/dev/null || unfinished=$place
    [ "$stamp" = - ] || TZ=UTC0 touch -t "$stamp" "$target/$plain" 2>/dev/null || unfinished=$place
  done <"$scratch/made"
  [ -z "$unfinished" ] || say "Warning: owner, mode or time of the folder $unfinished could not be set."
}

is_root() {
  ! has_command id || [ "$(id -u)" -eq 0 ]
}

# A hard link to a file that nobody asked for is made here, after that file has been unpacked beside what is restored.
make_links() {
  [ -s "$scratch/linked" ] || return 0
  (unpack_aside) || die_of_tar
  (cd "$scratch" && with_awk -F '\t' 'what == "targets" { path[$1] = $2; next } { print path[$1] "\t" $2 }' \
    what=targets targets what=linked linked) >"$scratch/pairs"
  while IFS=$tab read -r from place; do
    ! is_through_link "$place" || die "A folder above $place has become a link, so the file is not restored."
    unescape "$from"
    from=$plain
    unescape "$place"
    ln -f "$staging/$from" "$target/$plain" || die "The hard link cannot be made: $target/$place."
  done <"$scratch/pairs"
}

unpack_aside() {
  mode=extract
  target=$staging
  printf '%1024s' '' | tr ' ' '\000' >>"$staging/.tar"
  unpack <"$staging/.tar" 2>"$scratch/tar.said"
}

# Whether a folder above a path is a link, by which a file would leave the target.
is_through_link() {
  rest=$1
  walked=
  while :; do
    case $rest in */*) ;; *) return 1 ;; esac
    walked=$walked/${rest%%/*}
    rest=${rest#*/}
    unescape "$walked"
    [ ! -L "$target$plain" ] || return 0
  done
}

# unescape PATH: a path of the index into $plain. A substitution leaves out the line feeds at its end.
unescape() {
  plain=$(printf '%bx' "$1")
  plain=${plain%x}
}

