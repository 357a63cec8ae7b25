package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollConnectTest extends ConnectContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }
}
