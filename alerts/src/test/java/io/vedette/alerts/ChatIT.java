package io.vedette.alerts;

import static io.vedette.alerts.GatewayFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.alerts.ServiceServer.Reply;
import io.vedette.alerts.ServiceServer.Request;
import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.Authorization;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Language;
import io.vedette.alerts.channel.Secret;
import io.vedette.kafka.broker.EmbeddedBroker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels for people through the real gateway. */
class ChatIT {
    private static final String TS = "1770457660.000100";

    @TempDir
    Path data;

    @Test
    void aMessageIsChangedAcrossARestartAndADeadChannelKeepsNobodyWaiting() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0, (status, message) -> {});
                ServiceServer slack = new ServiceServer(request -> Reply.ok("{\"ok\":true,\"ts\":\"" + TS + "\"}"));
                ServiceServer feishu =
                        new ServiceServer(request -> Reply.ok("{\"code\":11232,\"msg\":\"frequency limited\"}"));
                GatewayFixture gateways = new GatewayFixture(broker)) {
            ChannelSettings[] channels = {bot(slack), robot(feishu)};
            Gateway first = gateways.start(channels);
            gateways.write(Stories.FIRING);
            await().atMost(SOON).until(() -> gateways.deliveries().contains("bot|" + Stories.FIRING.fingerprint()));
            first.close();

            gateways.start(channels);
            gateways.write(Stories.CHANGED, Stories.RESOLVED);

            await().atMost(SOON).until(() -> slack.requests().size() == 5);
            assertThat(slack.requests())
                    .extracting(Request::path)
                    .containsExactly(
                            "/api/chat.postMessage",
                            "/api/chat.update",
                            "/api/chat.postMessage",
                            "/api/chat.update",
                            "/api/chat.postMessage");
            assertThat(slack.requests().get(3).body().path("ts").asText()).isEqualTo(TS);
            assertThat(slack.requests().get(3).body().path("text").asText()).startsWith("✅ RESOLVED: queue-blocked");
            assertThat(feishu.requests())
                    .as("it is told the first over and over")
                    .isNotEmpty();
            assertThat(gateways.deliveries()).noneMatch(key -> key.startsWith("fei|"));
        }
    }

    private static ChannelSettings bot(ServiceServer slack) {
        return settings(
                "bot",
                new Destination.SlackBot(
                        URI.create(slack.url() + "/api/"), "C0123456789", Stories.wording(Language.ENGLISH)),
                Optional.of(new Authorization.Token("Bearer", Secret.of("xoxb-s3cr3t"))));
    }

    private static ChannelSettings robot(ServiceServer feishu) {
        return settings(
                "fei",
                new Destination.Feishu(
                        new Address(Secret.of(feishu.url())), Optional.empty(), Stories.wording(Language.CHINESE)),
                Optional.empty());
    }

    private static ChannelSettings settings(
            String name, Destination destination, Optional<Authorization> authorization) {
        return new ChannelSettings(
                name, destination, authorization, List.of(), Duration.ofSeconds(10), Duration.ofMillis(100));
    }
}
