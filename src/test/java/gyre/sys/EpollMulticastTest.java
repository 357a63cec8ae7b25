package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollMulticastTest extends MulticastContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }
}
