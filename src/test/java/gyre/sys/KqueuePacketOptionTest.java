package gyre.sys;

import gyre.sys.posix.KqueueBackend;
import gyre.testing.KqueueLibrary;

class KqueuePacketOptionTest extends PacketOptionContract {
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
