/** A program of bash that prints what a TAB offers after `backup-manager de`, by the completion that is installed. */
export const BASH_COMPLETES = `
. /usr/share/bash-completion/bash_completion
# It is loaded at the first TAB. The function that does that has another name in later versions.
_comp_load backup-manager 2> /dev/null || __load_completion backup-manager
# Outside of a completion it is an error.
compopt() { :; }
COMP_WORDS=(backup-manager de) COMP_CWORD=1
complete=$(complete -p backup-manager)
[[ $complete =~ -F\\ ([^ ]+) ]] && "\${BASH_REMATCH[1]}" backup-manager de backup-manager
printf '%s\\n' "\${COMPREPLY[@]}"
`;

/** A program of zsh that prints the line that a TAB makes of `backup-manager de`, in a terminal of its own: zsh completes nowhere else. */
export const ZSH_COMPLETES = `
zmodload zsh/zpty
zpty z zsh -f -i
line() { zpty -w z "$1"; }
line 'PS1= PS2= RPS1=; stty -echo; unsetopt zle_bracketed_paste 2> /dev/null'
line 'autoload -Uz compinit; compinit -D -u'
line 'show-it() { print -r -- "<<$BUFFER>>"; exit }; zle -N show-it; bindkey "^T" show-it; print ready$((1))'
while zpty -r z answer; do [[ $answer == *ready1* ]] && break; done
zpty -n -w z $'backup-manager de\\t\\x14'
while zpty -r z answer; do
  print -r -- "$answer"
  [[ $answer == *'<<'* ]] && break
done
`;
