package io.vedette.jobs.derive;

import io.vedette.jobs.track.FakeCards;
import io.vedette.jobs.track.FakeEngine;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.util.List;
import java.util.Random;

/**
 * Targets of two models over 20 min, by chance: scraped every 1, 5, 15 or 30 s, with holes, failures and restarts; some come late, some fall
 * silent for minutes or for good, some are removed; and once nobody can write for a while, after which agents send what they kept. Their node has
 * cards, of which two targets tell, the same ones at times: they change hands, are lost, slow down and have XIDs.
 */
final class RandomFleet {
    static final long T0 = 1_790_000_000_000L;
    private static final long LENGTH = 20 * 60_000L;
    private static final long[] INTERVALS = {1_000, 5_000, 5_000, 15_000, 30_000};

    private final Random random;
    private final SampleTopic topic;
    private final long jumpFrom;
    private final long jumpTo;

    private RandomFleet(Random random, int partitions) {
        this.random = random;
        this.topic = new SampleTopic(partitions);
        boolean jumps = random.nextInt(3) > 0;
        this.jumpFrom = jumps ? T0 + 1_000L * random.nextInt(1_000) : Long.MAX_VALUE;
        this.jumpTo = jumps ? jumpFrom + 1_000L * (20 + random.nextInt(400)) : Long.MAX_VALUE;
    }

    static SampleTopic of(long seed, int partitions) {
        RandomFleet fleet = new RandomFleet(new Random(seed), partitions);
        int targets = 2 + fleet.random.nextInt(5);
        for (int i = 0; i < targets; i++) {
            fleet.addTarget("target-" + i);
        }
        fleet.random.setSeed(seed + 1_000);
        fleet.addCards("cards-a", targets);
        fleet.addCards("cards-b", targets);
        fleet.topic.beats(T0, Math.min(T0 + LENGTH, fleet.jumpFrom));
        if (fleet.jumpTo != Long.MAX_VALUE) {
            // Past what agents had kept, so that all partitions end at the same second.
            fleet.topic.beats(fleet.jumpTo - 1, Math.max(T0 + LENGTH, fleet.jumpTo + 1_000));
        }
        return fleet.topic;
    }

    private void addTarget(String name) {
        Target target = SampleTopic.target(name, "agent of " + name);
        long interval = INTERVALS[random.nextInt(INTERVALS.length)];
        FakeEngine engine = new FakeEngine(random.nextInt(3) == 0 ? "small" : "large", T0 - 600_000);
        long first = T0 + (random.nextBoolean() ? random.nextInt(5_000) : random.nextInt(900_000));
        long last = Math.min(T0 + LENGTH, random.nextInt(3) == 0 ? first + random.nextInt(900_000) : T0 + LENGTH);
        boolean removed = last < T0 + LENGTH - 60_000 && random.nextBoolean();
        topic.targets(target.agent(), List.of(name), append(first - 100));
        int quiet = 0;
        int failing = 0;
        for (long time = first; time <= last; time += interval) {
            engine.serve(random.nextInt(5), random.nextDouble() * 3).load(random.nextInt(4), random.nextDouble());
            if (random.nextInt(150) == 0) {
                engine.restart(time - random.nextInt((int) interval));
            }
            quiet = quiet > 0 ? quiet - 1 : random.nextInt(100) == 0 ? random.nextInt(40) : 0;
            failing = failing > 0 ? failing - 1 : random.nextInt(60) == 0 ? random.nextInt(10) : 0;
            long append = append(time + 20 + random.nextInt(400));
            if (quiet > 0 || isLost(time)) {
                continue;
            }
            if (failing > 0) {
                ScrapeFailure[] failures = ScrapeFailure.values();
                topic.failure(target, failures[random.nextInt(failures.length)], time, append, interval);
            } else {
                topic.scrape(target, engine, time, append, interval);
            }
        }
        if (removed) {
            topic.targets(target.agent(), List.of(), append(last + 1_000));
        }
    }

    private void addCards(String name, int targets) {
        Target target = SampleTopic.target(name, "agent of " + name);
        long interval = INTERVALS[1 + random.nextInt(INTERVALS.length - 1)];
        FakeCards cards = new FakeCards(2 + random.nextInt(3));
        long first = T0 + random.nextInt(300_000);
        long last = random.nextBoolean() ? T0 + LENGTH : first + random.nextInt(900_000);
        boolean removed = last < T0 + LENGTH - 60_000 && random.nextBoolean();
        topic.targets(target.agent(), List.of(name), append(first - 100));
        int quiet = 0;
        for (long time = first; time <= last; time += interval) {
            int card = random.nextInt(2);
            cards.work(card, random.nextInt(101), 20_000 + random.nextInt(3_000));
            switch (random.nextInt(40)) {
                case 0 -> cards.hold(card, "target-" + random.nextInt(targets));
                case 1 -> cards.hold(card, "");
                case 2 -> cards.lose(card);
                case 3, 4 -> cards.find(card);
                case 5 -> cards.xid(card, 31 + random.nextInt(3));
                default -> cards.slow(card, random.nextInt(256));
            }
            quiet = quiet > 0 ? quiet - 1 : random.nextInt(80) == 0 ? random.nextInt(20) : 0;
            long append = append(time + 20 + random.nextInt(400));
            if (quiet > 0 || isLost(time)) {
                continue;
            }
            if (random.nextInt(60) == 0) {
                topic.failure(target, ScrapeFailure.TIMEOUT, time, append, interval);
            } else {
                topic.scrape(target, cards.body(), time, append, interval);
            }
        }
        if (removed) {
            topic.targets(target.agent(), List.of(), append(last + 1_000));
        }
    }

    /** Agents keep what they cannot send, and send it in its order once they can. */
    private long append(long millis) {
        return millis > jumpFrom && millis <= jumpTo ? jumpTo + 100 + (millis - jumpFrom) / 5_000 : millis;
    }

    /** Not all of what was kept in a long jump fits. */
    private boolean isLost(long time) {
        return time > jumpFrom && time < jumpTo - 120_000;
    }
}
