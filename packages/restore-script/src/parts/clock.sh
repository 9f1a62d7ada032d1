# --- Do the URLs still work? --------------------------------------------------

# The clock of a rescue system is often wrong, and only the store's own counts. The question is the first that is
# asked: what stands between here and the store is found before anyone types a passphrase.
check_clock() {
  [ "$missing" -gt 0 ] || return 0
  now=$(date +%s)
  if ask_time "$sample_url"; then
    off=$((now - stores_time))
    [ "${off#-}" -le 600 ] || say "Warning: the clock of this machine is $((${off#-} / 60)) minutes off, compared with the store's."
  elif [ "$now" -lt $((CREATED - 86400)) ]; then
    say "Warning: the clock of this machine is wrong: it shows a time before this script was written."
  fi
  is_alive || die "$(expired)"
}

# Whether the URLs still work, by the store's clock.
is_alive() {
  [ $(($(date +%s) - off)) -lt "$EXPIRES" ]
}

expired() {
  printf '%s' "The URLs in this script expired on $EXPIRES_TEXT. Write a new script: $RENEW"
}

# ask_time URL: $stores_time in seconds since 1970, from the Date of any answer; fails without an answer. Ends the
# script where none of the chunks could be fetched either.
ask_time() {
  stores_time=
  (
    case $downloader in
      with_curl) curl_url "$1" --silent --show-error --head --connect-timeout 10 --max-time 20 ;;
      with_gnu_wget) gnu_wget_url "$1" --timeout=10 -S --spider ;;
      with_wget) exec wget -S --spider -- "$1" ;;
    esac
  ) >"$scratch/answer" 2>&1 &
  note_child
  end_after 20 &
  note_guard
  wait_for_child
  warn_of_no_tls "$1"
  while read -r field _ day month year time _; do
    case $field in [Dd][Aa][Tt][Ee]:) stores_time=$(seconds_of "$day" "$month" "$year" "$time") ;; esac
  done <"$scratch/answer"
  die_of_network "$1"
  [ -n "$stores_time" ]
}

# die_of_network URL: of what neither another try nor another chunk would change, and is not the store's.
die_of_network() {
  hear "$scratch/answer"
  http_status=$(status_in "$scratch/answer")
  connect_status=
  passing=yes
  case $ended.$http_status.$downloader in
    *.407.* | *.511.*) explain_failure "$1" ;;
    # To wget, an error of the store's is one; to curl, here, only what kept its answer away.
    0.* | *.[1-5]??.with*wget) ;;
    *)
      explain_broken "$1"
      [ "$passing" = 2 ] || say "Warning: the store has not answered the first question: $why It will be asked again."
      ;;
  esac
  [ "$passing" != 2 ] || die "The store cannot be reached: $why"
}

# seconds_of 23 Nov 2026 23:01:25
seconds_of() {
  case $2 in
    Mar) month=0 ;; Apr) month=1 ;; May) month=2 ;; Jun) month=3 ;; Jul) month=4 ;; Aug) month=5 ;;
    Sep) month=6 ;; Oct) month=7 ;; Nov) month=8 ;; Dec) month=9 ;; Jan) month=10 ;; Feb) month=11 ;;
    *) return 1 ;;
  esac
  case $1$3$4 in *[!0-9:]*) return 1 ;; esac
  # Years begin in March here, so that the leap day is their last; 719469 days lead to 1970.
  year=$(($3 - month / 10))
  days=$((365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + ${1#0} - 719469))
  hour=${4%%:*}
  second=${4##*:}
  minute=${4%:*}
  minute=${minute#*:}
  # Without its leading zero, 08 is no octal.
  printf '%s' $((days * 86400 + ${hour#0} * 3600 + ${minute#0} * 60 + ${second#0}))
}

