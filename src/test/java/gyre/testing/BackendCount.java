package gyre.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Counts the tests that run on each backend, and says at the end how many there were and which were skipped, and why. It
 * watches the contracts and what is {@link EveryBackend}; scripts/test shows its lines once more.
 */
public final class BackendCount implements TestWatcher {
    private final String backend;

    /** For what is {@link EveryBackend}: the backend is that of the container. */
    public BackendCount() {
        this("");
    }

    public BackendCount(String backend) {
        this.backend = backend;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        tally(context).run++;
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        tally(context).run++;
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        tally(context).skip(context, cause.getMessage());
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        tally(context).skip(context, reason.orElse("no reason is given"));
    }

    private Tally tally(ExtensionContext context) {
        String name = backend.isEmpty() ? UsableBackends.name(context) : backend;
        if (name.isEmpty()) {
            throw new IllegalStateException("no container above " + context.getUniqueId() + " names a backend");
        }
        return context.getRoot()
                .getStore(Namespace.create(BackendCount.class))
                .computeIfAbsent(Tallies.class, key -> new Tallies(), Tallies.class)
                .of
                .computeIfAbsent(name, key -> new Tally());
    }

    private static final class Tally {
        private final List<String> skipped = new ArrayList<>();
        private int run;

        void skip(ExtensionContext context, String reason) {
            skipped.add(context.getRequiredTestClass().getSimpleName() + "."
                    + context.getRequiredTestMethod().getName() + ": " + reason);
        }
    }

    /** JUnit closes it when all tests of this JVM have run. */
    private static final class Tallies implements AutoCloseable {
        private final Map<String, Tally> of = new TreeMap<>();

        @Override
        public void close() {
            of.forEach((backend, tally) -> {
                System.out.printf(
                        "On %s: %d contract tests run, %d skipped%n", backend, tally.run, tally.skipped.size());
                tally.skipped.forEach(each -> System.out.printf("On %s skipped: %s%n", backend, each));
            });
        }
    }
}
