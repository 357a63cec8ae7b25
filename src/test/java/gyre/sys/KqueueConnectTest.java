package gyre.sys;

import gyre.sys.posix.KqueueBackend;
import gyre.testing.KqueueLibrary;

class KqueueConnectTest extends ConnectContract {
    @Override
    Backend backend() {
        KqueueLibrary.provide();
        return new KqueueBackend();
    }
}
