package gyre.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.future.Futures;
import gyre.sys.Backend;
import gyre.testing.Call;
import gyre.testing.EveryBackend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@EveryBackend
class UncaughtHandlerTest {
    private final Backend backend;

    UncaughtHandlerTest(Backend backend) {
        this.backend = backend;
    }

    /** Without a descriptor left, logging fails by an error, and so did the loop. */
    @Test
    void whatTheHandlerThrowsIsIgnored() throws Exception {
        List<Throwable> heard = new ArrayList<>();
        List<Throwable> thrown =
                List.of(new IllegalStateException(), new StackOverflowError(), new NoClassDefFoundError("log"));
        try (Core core = Core.builder()
                .backend(backend)
                .uncaughtExceptionHandler((thread, e) -> {
                    heard.add(e);
                    UncaughtHandlerTest.<RuntimeException>sneak(e);
                })
                .open()) {
            for (Throwable each : thrown) {
                core.handle().spawn(Call.of(() -> UncaughtHandlerTest.<Exception>sneak(each)));
            }
            core.handle().spawn(Futures.failed(new Exception("checked")));
            assertEquals(7, core.run(core.handle().spawn(Call.of(() -> 7))));
        }
        assertEquals(4, heard.size());
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Object sneak(Throwable e) throws E {
        throw (E) e;
    }
}
