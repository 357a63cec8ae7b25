package gyre.testing;

import gyre.reactor.Core;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends a test whose loop hangs: the timeout of a test can only interrupt, at which no loop ends. */
public final class LastResort {
    /** More than the timeout of a test, which names the test and shows what its threads are at. */
    private static final long PATIENCE_SECONDS = 70;

    private LastResort() {}

    /** Closes the Core in the end, unless the answer is completed before. */
    public static CompletableFuture<Void> closes(Core core) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).exceptionallyAsync(late -> close(core));
        return over;
    }

    private static Void close(Core core) {
        try {
            core.close();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
