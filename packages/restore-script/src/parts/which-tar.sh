# --- Which tar it is ----------------------------------------------------------

# find_tar [MEMBER...]
find_tar() {
  need_command "$tar_command" "to unpack the backup"
  case $("$tar_command" --version 2>&1 && "$tar_command" --help 2>&1) in
    *"GNU tar"*--xattrs*) tar=gnu ;;
    *"GNU tar"*) tar=old_gnu ;;
    *bsdtar*) tar=bsd ;;
    *numeric-owner*) tar=numeric ;;
    *) tar=small ;;
  esac
  check_sizes
  # GNU tar takes them as they are, and for bsdtar they are made so.
  is_silent && [ -z "$by_index" ] || return 0
  for member in "$@"; do
    case $member in
      *[*?[\\]*) die "busybox tar takes $member as a pattern: name the folder that contains it, or install GNU tar." ;;
    esac
  done
}

# busybox tar ends well whatever it has left out.
is_silent() {
  case $tar in *gnu | bsd) return 1 ;; esac
}

# From 8 GiB on, the size of a file fills its field in the header up to the next one; from 64 GiB on, it stands in a
# record before that. A tar that reads another size loses the end of that file, and takes what follows for others, or
# for nothing.
check_sizes() {
  tar_bytes=${TAR_BYTES:-$STORED_BYTES}
  [ "$tar_bytes" -lt 8589934592 ] || reads_size full || die_of_sizes
  [ "$tar_bytes" -lt 68719476736 ] || reads_size record || die_of_sizes
}

die_of_sizes() {
  die "This tar reads the sizes of large files wrongly, and would lose them and what follows them. Install GNU tar or bsdtar (--tar names another tar than $tar_command), or write the tar with --output and unpack it elsewhere."
}

# reads_size full|record: whether it finds the file behind one with such a size.
reads_size() {
  [ "$(awk -v how="$1" "$LARGE_TAR" | tr . '\000' | "$tar_command" -tf - 2>/dev/null | wc -l)" -eq 2 ]
}

# Two files, the first one with four blocks or one; every dot is to be a NUL.
# shellcheck disable=SC2016 # awk's own variables
LARGE_TAR='
function dots(count,  text) { for (text = ""; count > 0; count--) text = text "."; return text }
function header(name, size, sum, type) {
  printf "%s%s0000644.0000000.0000000.%s15000000000.%s. %s%sustar.00%s", name, dots(99), size, sum, type, dots(100), dots(247)
}
BEGIN {
  if (how == "record") {
    header("x", "00000000015.", "006251", "x")
    printf "13 size=2048\n%s", dots(499)
  }
  header("a", "000000001000", "006165", "0")
  printf "%s", dots(how == "record" ? 2048 : 512)
  header("b", "00000000000.", "006105", "0")
  printf "%s", dots(10240)
}
'

# root of a container, of a user namespace or of a network disk may not give files to everyone, or not set the modes of
# what is another's. A tar that does not say so would make setuid programs of root's out of those of others; and where
# the system itself leaves out a setgid bit, no tar says so. A namespace has few of the numbers: the probe gets a high one.
check_owners() {
  has_command chown && has_command chmod || return 0
  probe=$target/.restore.$$
  staging=$probe
  printf '' >"$probe" || die "You may not write to $target."
  chown 4000000001:4000000002 "$probe" 2>/dev/null
  changed=$?
  chmod 6711 "$probe" 2>/dev/null
  allowed=$?
  [ -u "$probe" ] && [ -g "$probe" ]
  marked=$?
  rm -f "$probe"
  staging=
  ! is_silent || [ "$changed" -eq 0 ] ||
    die "In $target, root may not give files to every user (in a container, or on a disk that has no owners), and this tar would not say whose it could not. Use a system and a disk where root may, install GNU tar or bsdtar, or write the tar with --output."
  is_silent || [ "$changed$allowed" = 00 ] || return 0
  [ "$marked" -eq 0 ] ||
    die "In $target, root may not set all modes of the files of others (in a container, or on a disk that cannot have them), and tar would not say which are missing. Use a system and a disk where root may, or write the tar with --output."
}

