package gyre.soak;

import java.io.IOException;

/** How the programs of this package end: with one line, and without it being so with 1. */
final class Verdict {
    private Verdict() {}

    interface Trial {
        /** What was found when nothing was wrong. */
        String run() throws IOException, InterruptedException, Violation;
    }

    /** @param what was tried: the first word of the line, and what it was tried with */
    static void say(String name, String what, Trial trial) throws IOException, InterruptedException {
        String on = what + ", JDK " + Runtime.version().feature();
        try {
            System.out.println(name + ": passed, " + on + ": " + trial.run());
        } catch (Violation e) {
            e.printStackTrace();
            System.out.println(name + ": FAILED, " + on + ": " + e.getMessage());
            Runtime.getRuntime().halt(1); // a loop that has failed might never end
        }
    }
}
