/*
 * What a program spends:
 *
 *     spend FILE PROGRAM [ARGUMENT...]
 *
 * Runs it and writes to FILE, as one line: its exit status, the seconds it
 * took, of the processor's user and system time, and its peak memory in KB.
 * A small parent matters: a child begins with the peak of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct timespec began, ended;
    struct rusage used;
    int status = 0;
    pid_t pid;
    FILE *out;

    if (argc < 3) {
        fputs("usage: spend FILE PROGRAM [ARGUMENT...]\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &began);
    pid = fork();
    if (pid == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid) {
        perror("spend");
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    out = fopen(argv[1], "w");
    if (!out)
        return 1;
    fprintf(out, "%d %.6f %.6f %.6f %ld\n",
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            (double)(ended.tv_sec - began.tv_sec) +
                (double)(ended.tv_nsec - began.tv_nsec) / 1e9,
            seconds(used.ru_utime), seconds(used.ru_stime), used.ru_maxrss);
    return fclose(out) == 0 ? 0 : 1;
}
