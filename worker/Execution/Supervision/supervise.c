/* Runs one attempt and writes down how it ended: what supervise.sh says, word for word, at a sixth of a shell's cost. A program
   without the C library, for of a shell's start most is that library's, and several hundred of these start every second.
   usage: supervise FOLDER BELL NAME GROUP WORKDIR SETTING COMMAND [ARGUMENT...] */
#include "kernel.h"

enum { Usage = 2, NotExecutable = 126, NotFound = 127, Signalled = 128, LongestPath = 4096 };

static const char *DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

static char text[LongestPath];

static long length(const char *s)
{
    long n = 0;
    while (s[n])
        n++;
    return n;
}

/* Adds to the text; what doesn't fit is no path that the kernel would take either. */
static long add(long at, const char *s, long n)
{
    for (long i = 0; i < n && at < LongestPath - 1; i++)
        text[at++] = s[i];
    text[at] = 0;
    return at;
}

static long add_number(long at, long number)
{
    char digits[20];
    int n = sizeof digits;
    do
        digits[--n] = (char)('0' + number % 10);
    while (number /= 10);
    return add(at, digits + n, (long)sizeof digits - n);
}

/* One write, so that lines of others who add to the same file at this moment stay whole. */
static void write_line(long file, const char *words, long number)
{
    long end = add(0, words, length(words));
    if (number >= 0)
        end = add_number(end, number);
    sys_write(file, text, add(end, "\n", 1));
}

static void write_number_to(const char *folder, const char *name, const char *line)
{
    add(add(add(0, folder, length(folder)), "/", 1), name, length(name));
    long file = sys_open(text, WriteOnly);
    if (file >= 0)
        sys_write(file, line, length(line));
    if (file >= 0)
        sys_close(file);
}

static const char *variable(char **environment, const char *name)
{
    long n = length(name);
    for (; *environment; environment++) {
        long i = 0;
        while (i < n && (*environment)[i] == name[i])
            i++;
        if (i == n && (*environment)[n] == '=')
            return *environment + n + 1;
    }
    return 0;
}

/* Comes back only with what went wrong. A text without "#!" is for the shell, as in every shell. */
static long run(const char *path, char **command, char **environment)
{
    long error = sys_execve(path, command, environment);
    if (error == NotAProgram) {
        /* The word before the command is no longer needed, so the file's name fits between the shell's and its arguments. */
        command[-1] = "sh";
        command[0] = (char *)path;
        error = sys_execve("/bin/sh", command - 1, environment);
    }
    return error;
}

static long search(char **command, char **environment)
{
    const char *from = variable(environment, "PATH");
    long worst = NoSuchFile;
    for (from = from ? from : DefaultPath;; from++) {
        long n = 0;
        while (from[n] && from[n] != ':')
            n++;
        long end = n ? add(add(0, from, n), "/", 1) : 0;
        add(end, command[0], length(command[0]));
        long error = run(text, command, environment);
        if (error != NoSuchFile && error != NotAFolder)
            worst = error;
        from += n;
        if (!*from)
            return worst;
    }
}

static int has_slash(const char *name)
{
    while (*name && *name != '/')
        name++;
    return *name;
}

static unsigned long read_number(const char **at)
{
    unsigned long number = 0;
    for (; **at >= '0' && **at <= '9'; ++*at)
        number = number * 10 + (unsigned long)(**at - '0');
    return number;
}

/* The submitter's mask and limits: "MASK NUMBER:SOFT:HARD ...". What the kernel refuses stays as it was. */
static void take_over(const char *setting)
{
    sys_umask((long)read_number(&setting));
    while (*setting++ == ' ') {
        unsigned long resource = read_number(&setting), limit[2];
        for (int i = 0; i < 2 && *setting == ':'; i++) {
            setting++;
            limit[i] = read_number(&setting);
        }
        sys_set_limit((long)resource, limit);
    }
}

/* The job's process: everything it inherits is as the agent or its submitter set it, and nothing of ours is open in it. */
static void become(char **command, char **environment, const char *setting, long file)
{
    char *name = command[0];
    set_signal_mask(0);
    take_over(setting);
    long error = has_slash(name) ? run(name, command, environment) : search(command, environment);
    if (error == InputOutput || error == TooManyFiles || error == Stale)
        write_line(file, "launch ", -error);
    long end = add(add(0, name, length(name)), ": ", 2);
    const char *why = error == NoSuchFile || error == NotAFolder ? "not found\n"
        : error == NotPermitted ? "permission denied\n" : "can't be run: error ";
    end = add(end, why, length(why));
    if (error != NoSuchFile && error != NotAFolder && error != NotPermitted)
        end = add(add_number(end, -error), "\n", 1);
    sys_write(StandardError, text, end);
    sys_exit(error == NoSuchFile || error == NotAFolder ? NotFound : NotExecutable);
}

static int wait_for(long child)
{
    int status = 0;
    while (sys_wait4(child, &status) == Interrupted) { }
    return status & 0x7F ? Signalled + (status & 0x7F) : (status >> 8) & 0xFF;
}

int supervise(int count, char **arguments, char **environment)
{
    if (count < 8)
        return Usage;
    char *folder = arguments[1], *bell = arguments[2], *name = arguments[3], *group = arguments[4], *workdir = arguments[5];
    const char *setting = arguments[6];
    /* Held back here, so that signals to the group don't end this process; the job lets them through before it starts. */
    set_signal_mask(~0UL);
    if (*group)
        write_number_to(group, "cgroup.procs", "0\n");
    add(add(0, folder, length(folder)), "/run", 4);
    long file = sys_open(text, ReadWrite | Create | CloseOnExec);
    write_line(file, "", sys_getpid());
    if (sys_chdir(workdir) < 0) {
        write_line(file, "workdir", -1);
    } else {
        long child = sys_fork_until_exec();
        if (child == 0)
            become(arguments + 7, environment, setting, file);
        if (child < 0)
            write_line(file, "launch ", -child);
        else
            write_line(file, "exit ", wait_for(child));
    }
    write_line(sys_open(bell, WriteOnly | Append | Create), name, -1);
    return 0;
}
