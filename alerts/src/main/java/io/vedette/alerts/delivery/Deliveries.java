package io.vedette.alerts.delivery;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.RejectedRecords;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertFormatException;
import io.vedette.model.alert.AlertJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * All channels at work. Each is told every change once, across restarts too: an id is repeated only where a crash falls between the telling and the
 * note of it. A channel that is new begins now; one that was away is told what it missed, except for what was over long ago.
 */
public final class Deliveries implements AutoCloseable {
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CONSOLE_MAX_WAIT = Duration.ofSeconds(1);

    private final DeliveryLog log;
    private final RejectedRecords rejected;
    private final List<Channel> channels = new ArrayList<>();

    private Deliveries(DeliveryLog log, RejectedRecords rejected) {
        this.log = log;
        this.rejected = rejected;
    }

    /**
     * Starts the channels.
     *
     * @param transports makes the way on which a channel tells
     * @param listener is told of all alerts as a channel is, by one thread at a time
     * @param rejected takes refused alerts and unreadable records; the caller closes it
     * @param random spreads the attempts; thread-safe, as {@link java.util.Random} is
     * @throws io.vedette.kafka.KafkaAccessException when Kafka refuses or doesn't answer
     */
    public static Deliveries start(
            KafkaSettings kafka,
            List<ChannelSettings> settings,
            Function<ChannelSettings, Transport> transports,
            Consumer<AlertEvent> listener,
            RejectedRecords rejected,
            PrometheusRegistry registry,
            InstantSource clock,
            RandomGenerator random) {
        List<String> groups = new ArrayList<>(List.of(Channel.group(kafka, ChannelSettings.CONSOLE)));
        settings.forEach(channel -> groups.add(Channel.group(kafka, channel.name())));
        Backlog backlog = GroupStart.atEnd(kafka, kafka.topics().alerts(), groups, KAFKA_TIMEOUT);
        OldNews oldNews = OldNews.in(backlog, kafka, clock.instant(), KAFKA_TIMEOUT);
        Deliveries deliveries = new Deliveries(DeliveryLog.open(kafka, KAFKA_TIMEOUT, rejected), rejected);
        Channel.Common common = new Channel.Common(
                kafka, deliveries.log, oldNews, rejected, new DeliveryMetrics(registry), clock, random);
        deliveries.start(
                common,
                new Channel.Own(
                        ChannelSettings.CONSOLE,
                        labels -> true,
                        new Console(listener),
                        CONSOLE_MAX_WAIT,
                        deliveries::readOrReject));
        for (ChannelSettings channel : settings) {
            deliveries.start(
                    common,
                    new Channel.Own(
                            channel.name(),
                            channel::matches,
                            transports.apply(channel),
                            channel.maxWait(),
                            Deliveries::readOrSkip));
        }
        deliveries.showLag(registry);
        deliveries.showFailures(registry);
        return deliveries;
    }

    private void start(Channel.Common common, Channel.Own own) {
        channels.add(Channel.start(common, own));
    }

    /** The console has everything at once, so what it has done is what there is. */
    private void showLag(PrometheusRegistry registry) {
        Progress newest = channels.get(0).progress();
        GaugeWithCallback.builder()
                .name("vedette_gateway_channel_lag_records")
                .help("Alert events that a channel has yet to be told of.")
                .labelNames("channel")
                .callback(gauge -> channels.forEach(
                        channel -> gauge.call((double) channel.progress().behind(newest), channel.name())))
                .register(registry);
    }

    private void showFailures(PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("vedette_gateway_channel_failures_total")
                .help("What went wrong between Kafka and a channel, by stage: reading (Kafka refused to be read) or"
                        + " handling (what was read comes again).")
                .labelNames("channel", "stage")
                .callback(counter -> channels.forEach(channel -> {
                    counter.call((double) channel.readingFailures(), channel.name(), "reading");
                    counter.call((double) channel.handlingFailures(), channel.name(), "handling");
                }))
                .register(registry);
    }

    /** For the console, so that what is no alert event is set aside once and not once a channel. */
    private Optional<AlertRecord> readOrReject(ConsumerRecord<byte[], byte[]> source) {
        try {
            return Optional.of(decode(source));
        } catch (AlertFormatException e) {
            rejected.reject(RejectedRecord.of(source, "unreadable-alert", String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static Optional<AlertRecord> readOrSkip(ConsumerRecord<byte[], byte[]> source) {
        try {
            return Optional.of(decode(source));
        } catch (AlertFormatException e) {
            return Optional.empty();
        }
    }

    private static AlertRecord decode(ConsumerRecord<byte[], byte[]> source) {
        byte[] json = source.value();
        return new AlertRecord(AlertJson.readEvent(json == null ? new byte[0] : json), source);
    }

    /** Stops all channels at the same time, within 2 s or little more. */
    @Override
    public void close() {
        CompletableFuture.allOf(channels.stream()
                        .map(channel -> CompletableFuture.runAsync(channel::close, task -> new Thread(task).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
        log.close();
    }
}
