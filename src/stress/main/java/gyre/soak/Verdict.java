package gyre.soak;

import java.io.IOException;

/** How the programs of this package end: with one line; with 1 if something was violated, and with 2 if they broke. */
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
        } catch (Exception e) {
            boolean violated = e instanceof Violation;
            e.printStackTrace();
            System.out.println(name + ": FAILED, " + on + ": " + (violated ? e.getMessage() : "it broke: " + e));
            System.out.flush();
            Runtime.getRuntime().halt(violated ? 1 : 2); // a loop that has failed might never end
        }
    }
}
