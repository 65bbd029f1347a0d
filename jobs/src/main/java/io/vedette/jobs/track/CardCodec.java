package io.vedette.jobs.track;

import io.vedette.jobs.panes.KnownColumns;
import io.vedette.jobs.wire.Wire;
import io.vedette.model.sample.Card;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads the states of cards behind a target. */
final class CardCodec {
    private CardCodec() {}

    static void writeCards(DataOutput out, List<CardState> cards) throws IOException {
        Wire.writeInt(out, cards.size());
        for (CardState card : cards) {
            Wire.writeText(out, card.card.uuid());
            Wire.writeText(out, card.card.gpu());
            Wire.writeText(out, card.card.parent());
            Wire.writeText(out, card.card.product());
            Wire.writeText(out, card.card.node());
            Wire.writeTexts(out, card.owners);
            Wire.writeTexts(out, card.pods);
            Wire.writeLong(out, card.missingMillis);
            out.writeBoolean(card.lost);
            writeNumbers(out, card.signs);
            writeNumbers(out, card.totals);
            StateCodec.writeReplica(out, card.series);
        }
    }

    static List<CardState> readCards(DataInput in, KnownColumns known) throws IOException {
        int size = Wire.readInt(in);
        List<CardState> cards = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Card card = new Card(
                    Wire.readText(in), Wire.readText(in), Wire.readText(in), Wire.readText(in), Wire.readText(in));
            List<String> owners = Wire.readTexts(in);
            List<String> pods = Wire.readTexts(in);
            long missingMillis = Wire.readLong(in);
            boolean lost = in.readBoolean();
            Map<String, Double> signs = readNumbers(in);
            Map<String, Double> totals = readNumbers(in);
            CardState state = new CardState(card, StateCodec.readReplica(in, known, Windows.CARD_GAUGES.length));
            state.owners = owners;
            state.pods = pods;
            state.missingMillis = missingMillis;
            state.lost = lost;
            state.signs.putAll(signs);
            state.totals.putAll(totals);
            cards.add(state);
        }
        return cards;
    }

    private static void writeNumbers(DataOutput out, Map<String, Double> numbers) throws IOException {
        Wire.writeInt(out, numbers.size());
        for (Map.Entry<String, Double> number : numbers.entrySet()) {
            Wire.writeText(out, number.getKey());
            out.writeDouble(number.getValue());
        }
    }

    private static Map<String, Double> readNumbers(DataInput in) throws IOException {
        Map<String, Double> numbers = new TreeMap<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            numbers.put(Wire.readText(in), in.readDouble());
        }
        return numbers;
    }
}
