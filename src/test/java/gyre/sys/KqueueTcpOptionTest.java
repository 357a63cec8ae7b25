package gyre.sys;

import gyre.sys.posix.KqueueBackend;
import gyre.testing.KqueueLibrary;

class KqueueTcpOptionTest extends TcpOptionContract {
    @Override
    Backend backend() {
        KqueueLibrary.provide();
        return new KqueueBackend();
    }

    @Override
    boolean hasNativeOptions() {
        return true;
    }
}
