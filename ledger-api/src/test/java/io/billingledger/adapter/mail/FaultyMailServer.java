package io.billingledger.adapter.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes a message over and does not always say so. */
final class FaultyMailServer implements AutoCloseable {
  /** What it does with the next connection; afterwards it is well again. */
  enum Fault {
    DROPS_AFTER_DATA,
    HANGS_AFTER_DATA,
    HANGS_BEFORE_GREETING,
    TRIES_LATER_AFTER_DATA,
    TRIES_LATER_AT_RECIPIENT,
    REFUSES_RECIPIENT
  }

  private final ServerSocket socket;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<Socket> hanging = new CopyOnWriteArrayList<>();

  /** Every message whose final dot arrived, whether or not that was confirmed. */
  final List<String> taken = new CopyOnWriteArrayList<>();

  /** Those that were confirmed with 250. */
  final List<String> confirmed = new CopyOnWriteArrayList<>();

  FaultyMailServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  void next(Fault... faults) {
    this.faults.addAll(List.of(faults));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : hanging) {
      connection.close();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Fault fault = faults.poll();
        Thread.ofVirtual().start(() -> serve(connection, fault));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection, Fault fault) {
    try {
      hanging.add(connection);
      if (fault == Fault.HANGS_BEFORE_GREETING) {
        return;
      }
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      say(connection, "220 faulty ESMTP");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.split("[ :]")[0].toUpperCase();
        switch (verb) {
          case "RCPT" ->
              say(
                  connection,
                  fault == Fault.TRIES_LATER_AT_RECIPIENT
                      ? "450 4.2.1 mailbox busy"
                      : fault == Fault.REFUSES_RECIPIENT ? "550 5.1.1 no such user" : "250 ok");
          case "DATA" -> {
            say(connection, "354 go on");
            String message = message(in);
            taken.add(message);
            if (fault == Fault.DROPS_AFTER_DATA) {
              connection.close();
              return;
            } else if (fault == Fault.HANGS_AFTER_DATA) {
              return;
            } else if (fault == Fault.TRIES_LATER_AFTER_DATA) {
              say(connection, "451 4.3.0 try later");
            } else {
              confirmed.add(message);
              say(connection, "250 2.0.0 queued");
            }
          }
          case "QUIT" -> {
            say(connection, "221 bye");
            connection.close();
            return;
          }
          default -> say(connection, "250 ok");
        }
      }
    } catch (IOException gone) {
      // The client went away: so do we.
    }
  }

  private static String message(BufferedReader in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      message.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
    }
    return message.toString();
  }

  private static void say(Socket connection, String line) throws IOException {
    OutputStream out = connection.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
