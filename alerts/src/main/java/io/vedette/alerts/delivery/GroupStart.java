package io.vedette.alerts.delivery;

import static java.util.stream.Collectors.toMap;

import io.vedette.kafka.KafkaAccessException;
import io.vedette.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes new consumer groups begin now. A consumer that merely starts at the latest record does so at its first poll, and again after each start until
 * it has committed something: what is written before would be missed.
 */
final class GroupStart {
    private GroupStart() {}

    /**
     * Commits the topic's present end for each group that has no offset on it yet.
     *
     * @return what the others have before them
     * @throws KafkaAccessException when Kafka refuses or doesn't answer in time
     */
    static Backlog atEnd(KafkaSettings kafka, String topic, List<String> groups, Duration timeout) {
        try (Admin admin = Admin.create(kafka.admin("vedette-gateway-groups"))) {
            Map<TopicPartition, OffsetAndMetadata> ends = ends(admin, topic, timeout);
            Backlog backlog = Backlog.upTo(ends);
            for (String group : groups) {
                Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, group, timeout);
                backlog = backlog.with(committed);
                Map<TopicPartition, OffsetAndMetadata> missing = new HashMap<>(ends);
                missing.keySet().removeAll(committed.keySet());
                if (!missing.isEmpty()) {
                    await(admin.alterConsumerGroupOffsets(group, missing).all(), timeout);
                }
            }
            return backlog;
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new KafkaAccessException(
                    "Kafka: the channels' consumer groups on " + topic + " could not be looked up or made: " + cause,
                    cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaAccessException("interrupted while waiting for Kafka", e);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> ends(Admin admin, String topic, Duration timeout)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                await(admin.describeTopics(List.of(topic)).allTopicNames(), timeout).values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .collect(toMap(p -> new TopicPartition(topic, p.partition()), p -> OffsetSpec.latest()));
        return await(admin.listOffsets(latest).all(), timeout).entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group, Duration timeout)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                new HashMap<>(await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), timeout));
        // Kafka has null where it has no offset.
        committed.values().removeIf(Objects::isNull);
        return committed;
    }

    private static <T> T await(KafkaFuture<T> future, Duration timeout)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
