package io.vedette.cli.doctor;

import io.vedette.alerts.channel.ChannelSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Whether a channel can be spoken to at all. What its service says to a message, {@code channel test} finds out. */
final class ChannelCheck {
    private ChannelCheck() {}

    /** Its secrets were readable when the configuration was read. */
    static Finding of(ChannelSettings channel) {
        String check = "channel " + channel.name();
        List<String> hosts;
        try {
            hosts = channel.destination().hosts();
        } catch (IOException e) {
            return Finding.fault(check, String.valueOf(e.getMessage()), "mend the channel's address");
        }
        for (String host : hosts) {
            try {
                InetAddress.getByName(host);
            } catch (UnknownHostException e) {
                return Finding.fault(
                        check,
                        host + " is unknown here",
                        "check the channel's address, and that this machine can look up names outside");
            }
        }
        return Finding.ok(
                check,
                channel.destination().word() + " at " + String.join(", ", hosts)
                        + " is configured; `./vedette channel test " + channel.name() + "` tells it something");
    }
}
