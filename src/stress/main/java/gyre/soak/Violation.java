package gyre.soak;

/** What must not happen has. */
final class Violation extends Exception {
    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }

    Violation(String what, Throwable cause) {
        super(what, cause);
    }
}
