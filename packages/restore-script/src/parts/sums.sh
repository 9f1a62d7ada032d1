# --- The sums -----------------------------------------------------------------

# The sums were encrypted by the program that archived: a store that swaps, drops or replays chunks cannot have
# written them. The first line binds them to the archive and its manifest. Then a line for each stored
# chunk, in their order, a line for the plaintext of each, and others.
check_sums() {
  plain_sums=
  [ -z "$SIGNER" ] || [ -z "$DIGESTS" ] || proven=yes
  [ -n "$SUMS_URL" ] && [ -z "$without_sums" ] || return 0
  fetch_sums
  until decrypt_sums; do
    ask_again "$SUMS_NAME" || die_of_gpg "$SUMS_NAME"
  done
  fault=$(compare_sums) || die "$fault Nothing was restored.$(after_gpg "$SUMS_NAME")"
  plain_sums=$scratch/plain-sums
  [ -z "$PASSPHRASE" ] || proven=yes
}

fetch_sums() {
  if [ -n "$keep" ]; then place_batch; else into=$scratch parts=$scratch; fi
  [ ! -f "$into/$SUMS_NAME" ] || [ -z "$keep" ] || matches "$into/$SUMS_NAME" '' "${SUMS_SHA256:--}" || rm -f "$into/$SUMS_NAME"
  [ ! -f "$into/$SUMS_NAME" ] || return 0
  fetch "$SUMS_NAME" '' "${SUMS_SHA256:--}" "$SUMS_URL" ||
    die_without_sums "$(why_not "$SUMS_NAME")"
}

# die_without_sums WHY
die_without_sums() {
  case $1 in
    *'does not have it any more'* | *'was replaced.'*) die "$SUMS_NAME: $1 To restore without that proof of what was archived, add --without-sums." ;;
    *) die "$SUMS_NAME: $1" ;;
  esac
}

decrypt_sums() {
  decrypt "$into/$SUMS_NAME" >"$scratch/sums"
  gpg_ended=$?
  [ "$gpg_ended" -eq 0 ] && is_proper
}

# Says what differs, and fails; writes the digests of the plaintexts.
compare_sums() {
  printf '%s\n' "# $ENCODED_HOST $NUMBER $ATTEMPT manifest" "$MANIFEST_SHA256" "$ENCODED_HOST.$NUMBER.tar." >"$scratch/bind"
  print_index | awk '{ print $2 }' >"$scratch/sums.index"
  (cd "$scratch" && awk -v count="$ROWS" -v parts="$INDEX_COUNT" "$COMPARE" bind stream sums.index sums)
}

# shellcheck disable=SC2016 # awk's own variables
COMPARE='
function refuse(text) { print text; refused = 1; exit 1 }
FILENAME == "bind" { bind[FNR] = $0; next }
FILENAME == "stream" { digest[$3] = $1; name[$3] = $2; rows++; next }
FILENAME == "sums.index" { part[FNR] = $1; next }
FNR == 1 {
  last = $NF
  if (NF != 6 || substr($0, 1, length($0) - length(last) - 1) != bind[1] || last !~ /^[0-9a-f]+$/ || length(last) != 64)
    refuse("The encrypted SHA256SUMS do not say that they belong to this archive: they are damaged, or those of another one.")
  if (bind[2] != "" && last != bind[2])
    refuse("The encrypted SHA256SUMS belong to another manifest than the list of chunks in this script.")
  next
}
FNR <= count + 1 {
  if (!((FNR - 1) in digest)) next
  path = substr($0, 67)
  sub(/^.*\//, "", path)
  if (substr($0, 1, 64) != digest[FNR - 1] || path != name[FNR - 1])
    refuse("The list of chunks in this script is not that of the archive: " name[FNR - 1] " differs from the encrypted SHA256SUMS.")
  lines++
  next
}
FNR <= 2 * count + 1 {
  if (substr($0, 67) != sprintf("%s%08d", bind[3], FNR - count - 1))
    refuse("The encrypted SHA256SUMS belong to another archive: " substr($0, 67) " stands where chunk " (FNR - count - 1) " should.")
  print $1 >"plain-sums"
  lines++
  next
}
parts > 0 {
  if (substr($0, 1, 64) != part[FNR - 2 * count - 1] || $2 !~ /^members\./)
    refuse("The member index in this script is not that of the archive: " $2 " differs from the encrypted SHA256SUMS.")
  index_lines++
}
END {
  if (!refused && (lines != rows + count || index_lines + 0 != parts)) {
    print "The encrypted SHA256SUMS end too early: they do not have all parts of this archive."
    exit 1
  }
}
'

