package gyre.examples;

import gyre.future.Future;
import gyre.future.Futures;

/**
 * SIGTERM and SIGINT as a future, so that a program can close what it has open and exit with status 0; with a shutdown
 * hook it would be 143.
 */
final class Signals {
    private Signals() {}

    /** Done when the first of the two arrives. A second one ends the program at once, should closing take too long. */
    static Future<Void> stop() {
        try {
            return gyre.reactor.Signals.first("TERM", "INT").andThen(signal -> Futures.done());
        } catch (UnsupportedOperationException | IllegalArgumentException e) { // no such module, or -Xrs
            System.err.println("Signals will end this program at once, without closing: " + e.getMessage());
            return Futures.never();
        }
    }
}
