package gyre.sys.posix;

import gyre.sys.Selector;
import gyre.sys.Source;
import gyre.testing.KqueueLibrary;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A selector over the kqueue that tests have, and what two of its sources are told. */
@EnabledOnOs(OS.LINUX) // the pipes and descriptors of these tests are Linux's
abstract class OnKqueue {
    final KqueueBackend backend = new KqueueBackend();
    final int[] told = new int[2];
    Selector selector;

    @BeforeEach
    void open() throws IOException {
        KqueueLibrary.provide();
        selector = backend.selector();
    }

    @AfterEach
    void close() throws Exception {
        selector.close();
    }

    final void watch(Source source, int which) throws IOException {
        selector.register(source, bits -> told[which] |= bits);
    }

    final void await(int which, int bits) throws IOException {
        while ((told[which] & bits) != bits) {
            selector.select(-1);
        }
    }
}
