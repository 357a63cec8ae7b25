package gyre.examples;

/** The command line asks for something that can't be; the message says what, in one line. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
