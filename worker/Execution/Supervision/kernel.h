/* The dozen calls of the Linux kernel that supervise.c needs, and where a program begins. Numbers: syscall(2) of either machine. */

enum { WriteOnly = 01, ReadWrite = 02, Create = 0100, Append = 02000, CloseOnExec = 02000000 };
/* The last three are this machine's or its disks' fault, whatever the program. */
enum { InputOutput = -5, TooManyFiles = -23, Stale = -116 };
enum { NoSuchFile = -2, Interrupted = -4, NotAProgram = -8, NotPermitted = -13, NotAFolder = -20 };
enum { StandardError = 2, ThisFolder = -100, SetMask = 2, ChildSignal = 17, UntilExec = 0x4000, ReadableByAll = 0644 };

#if defined(__x86_64__)
enum { Write = 1, Close = 3, Mask = 14, GetPid = 39, Clone = 56, Exec = 59, Wait4 = 61, Chdir = 80, Umask = 95, Exit = 231, OpenAt = 257 };
enum { SetLimit = 302 };

__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call begin\n");

static long kernel(long number, long a, long b, long c, long d)
{
    long result;
    register long fourth __asm__("r10") = d, fifth __asm__("r8") = 0;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth) : "rcx", "r11", "memory");
    return result;
}
#elif defined(__aarch64__)
enum { Write = 64, Close = 57, Mask = 135, GetPid = 172, Clone = 220, Exec = 221, Wait4 = 260, Chdir = 49, Exit = 94, OpenAt = 56 };
enum { Umask = 166, SetLimit = 261 };

__asm__(".globl _start\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n bl begin\n");

static long kernel(long number, long a, long b, long c, long d)
{
    register long n __asm__("x8") = number, r __asm__("x0") = a, s __asm__("x1") = b, t __asm__("x2") = c, u __asm__("x3") = d,
        v __asm__("x4") = 0;
    __asm__ volatile("svc 0" : "+r"(r) : "r"(n), "r"(s), "r"(t), "r"(u), "r"(v) : "memory");
    return r;
}
#else
#error "only x86-64 and aarch64: the shell script serves elsewhere"
#endif

static long sys_open(const char *path, int how) { return kernel(OpenAt, ThisFolder, (long)path, how, ReadableByAll); }
static long sys_write(long file, const char *bytes, long n) { return kernel(Write, file, (long)bytes, n, 0); }
static void sys_close(long file) { kernel(Close, file, 0, 0, 0); }
static long sys_chdir(const char *path) { return kernel(Chdir, (long)path, 0, 0, 0); }
static void sys_umask(long mask) { kernel(Umask, mask, 0, 0, 0); }
static void sys_set_limit(long resource, const unsigned long *soft_and_hard) { kernel(SetLimit, 0, resource, (long)soft_and_hard, 0); }
static long sys_getpid(void) { return kernel(GetPid, 0, 0, 0, 0); }
static long sys_wait4(long child, int *status) { return kernel(Wait4, child, (long)status, 0, 0); }
static long sys_execve(const char *path, char **arguments, char **environment)
{
    return kernel(Exec, (long)path, (long)arguments, (long)environment, 0);
}

static void set_signal_mask(unsigned long mask) { kernel(Mask, SetMask, (long)&mask, 0, sizeof mask); }

/* As fork(2), but this process rests until the child is another program: then the two never write to the same page. */
static long sys_fork_until_exec(void) { return kernel(Clone, UntilExec | ChildSignal, 0, 0, 0); }

__attribute__((noreturn)) static void sys_exit(int status)
{
    for (;;)
        kernel(Exit, status, 0, 0, 0);
}

int supervise(int count, char **arguments, char **environment);

/* The kernel leaves on the stack: the count, the arguments, a null, the environment, a null. */
__attribute__((noreturn, used)) void begin(long *stack)
{
    char **arguments = (char **)(stack + 1);
    sys_exit(supervise((int)*stack, arguments, arguments + *stack + 1));
}
