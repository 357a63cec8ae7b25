package gyre.sys;

import gyre.sys.posix.KqueueBackend;
import gyre.testing.KqueueLibrary;

class KqueueConnectedPacketTest extends ConnectedPacketContract {
    @Override
    Backend backend() {
        KqueueLibrary.provide();
        return new KqueueBackend();
    }
}
