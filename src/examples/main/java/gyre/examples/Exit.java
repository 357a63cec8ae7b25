package gyre.examples;

import java.io.IOException;

/**
 * How a program ends by an exception: with one line and status 2 if the user or the system is the cause (a bad argument,
 * an address in use), with a stack trace and status 1 if it is the program.
 */
final class Exit implements Thread.UncaughtExceptionHandler {
    static final int FAILED = 1;
    static final int REFUSED = 2;

    private final String program;

    private Exit(String program) {
        this.program = program;
    }

    /** From now on, for what leaves this thread's {@code main}. */
    static void explain(String program) {
        Thread.currentThread().setUncaughtExceptionHandler(new Exit(program));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
        if (e instanceof UsageException || e instanceof IOException) {
            System.err.println(program + ": " + line(e));
            System.exit(REFUSED);
        }
        e.printStackTrace();
        System.exit(FAILED);
    }

    /** One, whatever was typed or looked up. */
    private static String line(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.replaceAll("\\p{Cntrl}+", " ");
    }
}
