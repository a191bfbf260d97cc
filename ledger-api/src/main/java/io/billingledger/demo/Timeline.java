package io.billingledger.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The story as it is told: a line for each thing that was done or was seen to have changed. */
final class Timeline {
  private final Consumer<String> out;
  private final List<String> lines = new ArrayList<>();
  private String day = "";

  Timeline(Consumer<String> out) {
    this.out = out;
  }

  void day(int number, LocalDate date) {
    day = "day %2d  %s".formatted(number, date);
  }

  void tell(Customer customer, String what) {
    say("%s  %s  %s".formatted(day, customer, what));
  }

  void say(String line) {
    lines.add(line);
    out.accept(line);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
