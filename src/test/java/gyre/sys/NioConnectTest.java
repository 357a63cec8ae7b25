package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioConnectTest extends ConnectContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }
}
