#!/bin/sh
# shellcheck shell=sh
#
# Restores backup @NUMBER@ of host @HOST@, archived by BackupPC.
#
#   archived    @FINISHED@ (@STATUS@)
#   size        @TAR_SIZE@
#   to fetch    @STORED_SIZE@ in @COUNT@, @CHECKED@
#   encryption  @ENCRYPTION@
#   verified    @VERIFIED@
#   URLs work   until @EXPIRES@@SHORTENED@
#
# To restore @WHAT@ into a new or empty directory, run
#
#   sh @FILE@ DIRECTORY
#
# @MEMBERS@
#
# `sh @FILE@ --help` lists all options. If the URLs expire too soon, save
# the chunks now with `sh @FILE@ --download CHUNKS`, and restore them
# later, without the network, with
# `sh @FILE@ --download CHUNKS DIRECTORY`.
#
# It needs a POSIX shell with the usual small tools and awk, curl or wget, @NEEDS@tar, and
# openssl, sha256sum or shasum. Keep it private: anyone who has it can fetch the chunks.
# @ATTEMPT@Written on @CREATED@ by @TOOL@.
#
# The # at the ends of the next lines hides the carriage return that Windows would have put there.
line_end='
' #
[ "${#line_end}" -eq 1 ] || { #
  printf '%s\n' "$0: This script has Windows line ends. Remove them: tr -d '\015' <$0 >new.sh" >&2 #
  exit 1 #
} #

# A script that was cut off never comes to main.
trap 'printf "%s\n" "$0: This script is cut off before its end: copy it again." >&2; exit 1' EXIT
[ -z "${ZSH_VERSION-}" ] || emulate sh 2>/dev/null
set +aCf -u
# Otherwise the files that are opened would take their place, and get the messages.
(exec 9>&2) || exec 2>/dev/null
closed_stdout=
(exec 9>&1) 2>/dev/null || { closed_stdout=yes && exec >/dev/null; }
# The output of gpg, curl and wget is read below; tar gets the caller's own locale again.
callers_locale=${LC_ALL-}
LC_ALL=C
export LC_ALL
# What the caller exports must not leave out files, and no secret may go into all programs by its name.
unset TAR_OPTIONS TAR_READER_OPTIONS QUOTING_STYLE GZIP PIGZ BZIP BZIP2 LZOP XZ_OPT XZ_DEFAULTS ZSTD_CLEVEL POSIXLY_CORRECT
unset passphrase secret url SUMS_URL
unalias -a 2>/dev/null

HOST='@HOST@'
NUMBER='@NUMBER@'
# Empty: a legacy archive.
ATTEMPT='@ATTEMPT_ID@'
STATUS='@STATUS@'
# Chunks of the archive, in the order of the tar.
ROWS='@ROWS@'
# Parts of the member index; 0: the archive has none, or it is not known.
INDEX_COUNT='@INDEX_COUNT@'
# yes: the script has the chunks of some members only, and restores those.
ONLY='@ONLY@'
# The host as it stands in the names of the store.
ENCODED_HOST='@ENCODED_HOST@'
# Empty: nobody knows.
TAR_BYTES='@TAR_BYTES@'
STORED_BYTES='@STORED_BYTES@'
# Bytes of the largest chunk.
LARGEST='@LARGEST@'
# Its option -dc decompresses the chunks; empty: they are not compressed.
DECOMPRESSOR='@DECOMPRESSOR@'
# yes: it decompresses several chunks one behind the other.
JOINABLE='@JOINABLE@'
# yes: a passphrase decrypts the archive.
PASSPHRASE='@PASSPHRASE@'
# Fingerprints of the keys that decrypt it, and of the subkeys that it is encrypted to.
RECIPIENTS='@RECIPIENTS@'
SUBKEYS='@SUBKEYS@'
# yes: the passphrase decrypts a data key, which decrypts the chunks.
DATA_KEY='@DATA_KEY@'
# yes: the SHA-256 of each chunk is known.
DIGESTS='@DIGESTS@'
# Whose signature of the archive was verified when this script was written; empty: nobody's.
SIGNER='@SIGNER@'
SUMS_NAME='@SUMS_NAME@'
# Empty: the archive has no sums.
SUMS_URL='@SUMS_URL@'
# The SHA-256 of the stored sums, and of the manifest that they belong to; empty: nobody knows.
SUMS_SHA256='@SUMS_SHA256@'
MANIFEST_SHA256='@MANIFEST_SHA256@'
# A URL is the base, the row's own part, ?, the query, and the row's signature.
URL_BASE='@URL_BASE@'
URL_QUERY='@URL_QUERY@'
# In seconds since 1970.
CREATED='@CREATED_SECONDS@'
EXPIRES='@EXPIRES_SECONDS@'
EXPIRES_TEXT='@EXPIRES@'
# The command that writes a new script.
RENEW='@RENEW@'

