# --- Which chunks go together -------------------------------------------------

# A batch is a run of chunks that are fetched, checked and decrypted by one command each. batch.N has eight lines:
# its first chunk's number, its chunks, their bytes, and its bytes to fetch; the chunks in their order; the
# same without repeats; those that were kept by an earlier run; their SHA-256 (lengths where nobody knows
# those); those to fetch; the same of those; those of which an earlier run has fetched a part. rows.N: name,
# bytes, SHA-256, URL of each.
plan_batches() {
  [ "$COUNT" -lt 10000 ] || say "Reading the list of $COUNT chunks, which takes some seconds."
  make_plan all
  COUNT=$named
  need_sums
  [ -z "$keep" ] || open_keep
}

need_sums() {
  [ -n "$SUMS_URL" ] && [ -z "$without_sums" ] && [ ! -f "$keep/$SUMS_NAME" ] || return 0
  missing=$((missing + 1))
  : "${sample_url:=$SUMS_URL}"
}

# make_plan all|some|none: of all chunks, of those in needed, or nothing but their names and digests for the sums.
make_plan() {
  : >"$scratch/have"
  : >"$scratch/part"
  if [ -n "$keep" ]; then
    ls "$keep" >"$scratch/have"
    [ ! -d "$keep/.partial" ] || ls "$keep/.partial" >"$scratch/part"
  fi
  printf '%s\n' "$URL_BASE" >"$scratch/base"
  printf '%s\n' "$URL_QUERY" >"$scratch/query"
  print_chunks | (cd "$scratch" && expand_table "$1" >plan 2>awk.said) ||
    die "awk cannot list the chunks in $scratch, whose disk may be full: $(tail -n 1 "$scratch/awk.said")"
  {
    read -r rows
    read -r named
    read -r batches
    read -r missing
    read -r missing_bytes
    read -r STORED_BYTES
    read -r LARGEST
    read -r sample_url
  } <"$scratch/plan"
  [ "$rows" -eq "$ROWS" ] || die "This script is damaged: it names $rows chunks of $ROWS."
}

# Where all chunks are there, it may be a medium that nobody can write to.
open_keep() {
  if [ -w "$keep" ]; then
    claim_chunks
    mkdir -p "$keep/.partial" || die "The directory for the chunks cannot be made: $keep/.partial."
  else
    [ "$missing" -eq 0 ] || die "You may not write to $keep."
  fi
}

expand_table() {
  : >>needed
  awk -v mode="$1" -v most="$BATCH" -v keep="${keep:+yes}" -v digests="$DIGESTS" "$PLAN" \
    what=have have what=part part what=base base what=query query what=needed needed what=table -
}

# shellcheck disable=SC2016 # awk's own variables
PLAN='
what == "have" { have[$0] = 1; next }
what == "part" { part[$0] = 1; next }
what == "base" { base = $0; next }
what == "query" { query = $0; next }
what == "needed" { needed[$1] = 1; next }
# = GROUP :NAME-PREFIX :PATH-PREFIX :SUFFIX
$1 == "=" {
  name_prefix[$2] = substr($3, 2); path_prefix[$2] = substr($4, 2); suffix[$2] = substr($5, 2)
  next
}
# + COUNT BYTES: so many chunks that are not in this script, and their bytes of the tar
$1 == "+" { rows += $2; next }
# GROUP.REST BYTES SHA256 SIGNATURE TAR-BYTES [VERSION], or NAME BYTES SHA256 URL TAR-BYTES
{
  rows++
  if (mode == "some" && !(rows in needed)) next
  name = $1; url = $4
  if (index(url, "://") == 0) {
    dot = index($1, "."); group = substr($1, 1, dot - 1)
    rest = substr($1, dot + 1) suffix[group]
    name = name_prefix[group] rest
    url = base path_prefix[group] rest "?" query ($6 == "" ? "" : "&versionId=" $6) "&X-Amz-Signature=" $4
  }
  if (mode != "some") print $3, name, rows >"stream"
  if (mode == "none") next
  twin = name in in_batch
  if (count == 64 || (count > 0 && !twin && opened + $2 > most)) { end_batch(); twin = 0 }
  named++
  if (count == 0) first = named
  all_stored += $2
  if ($2 > largest) largest = $2
  count++; stored += $2; chunks = chunks " " name; in_batch[name] = 1
  if (twin) next
  once = once " " name
  opened += $2
  if (keep && name in seen) next
  value = digests ? $3 : $2
  bytes += $2
  table = table name " " $2 " " $3 " " url "\n"
  if (keep && name in have) { kept = kept " " name; kept_sums = kept_sums " " value }
  else {
    if (keep && name in part) parts = parts " " name
    else { fresh = fresh " " name; fresh_sums = fresh_sums " " value }
    if (!(name in seen)) { missing++; missing_bytes += $2 }
    if (sample == "") sample = url
  }
  seen[name] = 1
}
function end_batch() {
  batches++
  file = "batch." batches
  printf "%d %d %.0f %.0f\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n", first, count, stored, bytes, chunks, once, \
    kept, kept_sums, fresh, fresh_sums, parts >file
  close(file)
  file = "rows." batches
  printf "%s", table >file
  close(file)
  count = 0; stored = 0; bytes = 0; opened = 0; chunks = ""; once = ""; kept = ""; kept_sums = ""; fresh = ""; fresh_sums = ""; parts = ""; table = ""
  split("", in_batch)
}
END {
  if (count > 0) end_batch()
  printf "%d\n%d\n%d\n%d\n%.0f\n%.0f\n%.0f\n%s\n", rows, named, batches, missing, missing_bytes, all_stored, largest, sample
}
'

