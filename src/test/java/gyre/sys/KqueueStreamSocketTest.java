package gyre.sys;

import gyre.sys.posix.KqueueBackend;
import gyre.testing.KqueueLibrary;

class KqueueStreamSocketTest extends StreamSocketContract {
    @Override
    Backend backend() {
        KqueueLibrary.provide();
        return new KqueueBackend();
    }
}
