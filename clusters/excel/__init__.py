"""Workbooks: reading what people send without harm, finding the header, writing our own."""
