#!/bin/sh
# Runs one attempt and writes down how it ended. Outlives the agent that started it; leads the attempt's own session.
# usage: supervise.sh FOLDER BELL NAME GROUP WORKDIR SETTING COMMAND [ARGUMENT...]
#   FOLDER/run   gets this process's number at once, and when the job has ended "exit STATUS" or "workdir" as a second line;
#                it holds blanks beforehand, so that a full disk can't lose the answer, and only a whole line counts, so
#                that a torn one is none. One file for both: making files is dear where many were deleted a moment ago.
#   BELL         gets the line NAME afterwards: the agent watches that file
#   SETTING      commands that set the job's mask and limits; made by the agent, from numbers alone
#   GROUP        the attempt's control group, which this shell enters before it starts anything; empty: none
# Built-in commands only, because several hundred of these start every second.
gpusched_folder=$1 gpusched_bell=$2 gpusched_name=$3 gpusched_group=$4 gpusched_workdir=$5 gpusched_setting=$6
shift 6
# Caught, not ignored: signals to the group must not end this shell, and the job starts with each one's default.
trap : HUP INT QUIT USR1 USR2 ALRM TERM URG XCPU IO PWR
# Not being let in is no reason not to run: session and environment hold the attempt together too, if less firmly.
[ -z "$gpusched_group" ] || { echo 0 >"$gpusched_group/cgroup.procs"; } 2>/dev/null
exec 3<>"$gpusched_folder/run"
echo "$$" >&3
if cd "$gpusched_workdir"; then
  unset OLDPWD
  # In a copy of this shell: the job's limits must not bind what writes down its end. And exec runs no command of the shell's own.
  (eval "$gpusched_setting"; exec "$@" 3>&-)
  echo "exit $?" >&3
else
  echo "workdir" >&3
fi
echo "$gpusched_name" >>"$gpusched_bell"
