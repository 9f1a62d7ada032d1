# --- Do the URLs still work? --------------------------------------------------

# The clock of a rescue system is often wrong, and only the store's own counts.
check_clock() {
  [ "$missing" -gt 0 ] || return 0
  now=$(date +%s)
  if stores_time=$(ask_time "$sample_url"); then
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

# ask_time URL: the store's time in seconds since 1970, from the Date of any answer.
ask_time() {
  (
    case $downloader in
      with_curl) curl_url "$1" --silent --head --connect-timeout 10 --max-time 20 ;;
      with_gnu_wget) gnu_wget_url "$1" --timeout=20 -S --spider ;;
      with_wget) exec wget -S --spider -- "$1" ;;
    esac
  ) >"$scratch/answer" 2>&1
  seconds=
  while read -r field _ day month year time _; do
    case $field in [Dd][Aa][Tt][Ee]:) seconds=$(seconds_of "$day" "$month" "$year" "$time") ;; esac
  done <"$scratch/answer"
  [ -n "$seconds" ] && printf '%s' "$seconds"
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

