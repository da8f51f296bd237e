"""What is drawn: charts as pages and pictures. Each library that draws is imported by one module in here."""
